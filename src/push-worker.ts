/**
 * The service worker to host, `openslot-push.js`: shows web push. A site that has a service worker of its own takes this
 * into it with `importScripts`.
 */
import { servePush, type ServiceScope } from './core/push/service-worker.ts';

servePush(self as unknown as ServiceScope);
