import { createClient } from '@supabase/supabase-js';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { createSupabaseBackend } from '../../src/core/calendar/supabase-backend.ts';
import { backendContract } from '../support/memory/backend-contract.ts';
import type { ContractProject } from '../support/memory/live-contract.ts';

/** As the triggers of the database do it. */
function signalFrom(sandbox: Sandbox): ContractProject['signal'] {
  return async (topic, signal) => {
    await sandbox.query('select realtime.send($1::jsonb, $2, $3, true)', [JSON.stringify(signal), 'changed', topic]);
  };
}

function changesIn(sandbox: Sandbox): ContractProject['setChanges'] {
  return async (notice, policy) => {
    await sandbox.query(
      `update openslot.providers set change_notice_minutes = $1, change_policy = $2 where slug = 'mira-lindqvist'`,
      [notice, policy],
    );
  };
}

backendContract('a Supabase project', async () => {
  const sandbox = await startSandbox();
  const project = { supabaseUrl: sandbox.url, supabaseKey: sandbox.publishableKey };
  return {
    backend: () => createSupabaseBackend(project),
    setChanges: changesIn(sandbox),
    signal: signalFrom(sandbox),
    stop: () => sandbox.stop(),
  };
});

backendContract('a Supabase project with its legacy key', async () => {
  const sandbox = await startSandbox();
  const project = { supabaseUrl: sandbox.url, supabaseKey: sandbox.anonKey };
  return {
    backend: () => createSupabaseBackend(project),
    setChanges: changesIn(sandbox),
    signal: signalFrom(sandbox),
    stop: () => sandbox.stop(),
  };
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
    setChanges: changesIn(sandbox),
    signal: signalFrom(sandbox),
    stop: () => sandbox.stop(),
  };
});
