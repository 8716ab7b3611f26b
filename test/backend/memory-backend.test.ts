import { backendContract } from '../support/backend-contract.ts';
import { createMemoryProject } from '../support/memory-backend.ts';

backendContract('the project in memory', () => {
  const project = createMemoryProject();
  return Promise.resolve({ backend: () => project.backend(), stop: () => Promise.resolve() });
});
