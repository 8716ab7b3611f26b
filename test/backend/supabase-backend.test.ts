import { createClient } from '@supabase/supabase-js';
import { startSandbox } from '../../sandbox/index.ts';
import { createSupabaseBackend } from '../../src/core/supabase-backend.ts';
import { backendContract } from '../support/backend-contract.ts';

backendContract('a Supabase project', async () => {
  const sandbox = await startSandbox();
  const project = { supabaseUrl: sandbox.url, supabaseKey: sandbox.publishableKey };
  return { backend: () => createSupabaseBackend(project), stop: () => sandbox.stop() };
});

backendContract('a Supabase project with its legacy key', async () => {
  const sandbox = await startSandbox();
  const project = { supabaseUrl: sandbox.url, supabaseKey: sandbox.anonKey };
  return { backend: () => createSupabaseBackend(project), stop: () => sandbox.stop() };
});

backendContract('the page’s own SupabaseClient', async () => {
  const sandbox = await startSandbox();
  const made: { realtime: { disconnect(): unknown } }[] = [];
  return {
    backend: () => {
      const auth = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };
      const client = createClient(sandbox.url, sandbox.publishableKey, { auth });
      made.push(client);
      return createSupabaseBackend({ client });
    },
    stop: async () => {
      for (const client of made) void client.realtime.disconnect();
      await sandbox.stop();
    },
  };
});
