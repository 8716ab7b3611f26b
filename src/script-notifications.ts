/** What `<script type="module" src="openslot-notifications.js">` loads: the elements, registered. */
import './define-notifications.ts';
