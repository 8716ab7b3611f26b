import { backendContract } from '../support/memory/backend-contract.ts';
import { createMemoryProject } from '../support/memory/memory-backend.ts';

backendContract('the project in memory', () => {
  const project = createMemoryProject();
  return Promise.resolve({
    backend: () => project.backend(),
    setChanges(change_notice_minutes, change_policy) {
      project.database.configure('mira-lindqvist', { change_notice_minutes, change_policy });
      return Promise.resolve();
    },
    signal(topic, signal) {
      project.signal(topic, signal);
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  });
});
