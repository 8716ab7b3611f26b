import { backendContract } from '../support/memory/backend-contract.ts';
import { createMemoryProject } from '../support/memory/memory-backend.ts';

backendContract('the project in memory', () => {
  const project = createMemoryProject();
  return Promise.resolve({
    backend: () => project.backend(),
    signal(topic, signal) {
      project.signal(topic, signal);
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  });
});
