/** What `<script type="module" src="openslot.js">` loads: the elements, registered. */
import './define.ts';
