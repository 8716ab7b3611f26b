/** What `<script type="module" src="openslot-desk.js">` loads: the desk, registered. */
import './define-desk.ts';
