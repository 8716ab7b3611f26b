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
  const options = {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Its socket is the page's business, so it ends as the page has it.
    realtime: { disconnectOnEmptyChannelsAfterMs: 0 },
  };
  return {
    backend: () => createSupabaseBackend({ client: createClient(sandbox.url, sandbox.publishableKey, options) }),
    stop: () => sandbox.stop(),
  };
});
