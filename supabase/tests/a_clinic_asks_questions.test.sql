-- Questions of a service: valid questions, valid answers, and who may read the answers.
begin;
create extension if not exists pgtap with schema extensions;
select plan(41);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('b1000000-0000-4000-8000-000000000001', 'asking-clinic', 'Asking Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('b2000000-0000-4000-8000-000000000001', 'b1000000-0000-4000-8000-000000000001', 'asking-doctor', 'Dr. Ask', 'UTC', 30, 0, 10);
insert into openslot.services (id, provider_id, slug, name, duration_minutes, position) values
  ('b3000000-0000-4000-8000-000000000001', 'b2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30, 1),
  ('b3000000-0000-4000-8000-000000000002', 'b2000000-0000-4000-8000-000000000001', 'plain', 'Plain visit', 30, 2);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'b2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;

create function pg_temp.check_questions(questions jsonb) returns text language plpgsql as $$
declare
  message text;
begin
  update openslot.services set questions = check_questions.questions where slug = 'visit';
  return 'ok';
exception when check_violation then
  get stacked diagnostics message = message_text;
  return message;
end
$$;

-- Valid questions --------------------------------------------------------------------------------------------------
select is(pg_temp.check_questions('[]'), 'ok', 'nothing');
select is(pg_temp.check_questions('{}'), 'questions are an array of at most 20', 'an object is no list of questions');
select is(pg_temp.check_questions((select jsonb_agg(jsonb_build_object('key', 'q' || n, 'kind', 'text', 'label', 'Q')) from generate_series(1, 21) n)),
  'questions are an array of at most 20', '21 questions are too many');
select is(pg_temp.check_questions('["why"]'), 'question "why" is an object', 'a question is an object');
select is(pg_temp.check_questions('[{"kind": "text", "label": "Why?"}]'),
  'question {"kind": "text", "label": "Why?"} has a key of a-z, 0-9 and _', 'a question has a key');
select is(pg_temp.check_questions('[{"key": "Why", "kind": "text", "label": "Why?"}]'),
  'question "Why" has a key of a-z, 0-9 and _', 'a key has lower-case letters only');
select is(pg_temp.check_questions('[{"key": "a", "kind": "text", "label": "A"}, {"key": "a", "kind": "text", "label": "B"}]'),
  'question "a" has a key of its own', 'a key is unique');
select is(pg_temp.check_questions('[{"key": "a", "kind": "number", "label": "A"}]'),
  'question "a" has a kind: text, choice, choices, checkbox or date', 'an unknown kind is refused');
select is(pg_temp.check_questions('[{"key": "a", "kind": "text", "label": " "}]'),
  'question "a" has a label, at most 500 characters', 'a label is not blank');
select is(pg_temp.check_questions('[{"key": "a", "kind": "text", "label": "A", "hint": 1}]'),
  'question "a" has a hint of at most 500 characters', 'a hint is a text');
select is(pg_temp.check_questions('[{"key": "a", "kind": "text", "label": "A", "required": "yes"}]'),
  'question "a" is required or not: true or false', '"required" is true or false');
select is(pg_temp.check_questions('[{"key": "a", "kind": "choice", "label": "A"}]'),
  'question "a" has options if there is a choice, and only then', 'a choice has options');
select is(pg_temp.check_questions('[{"key": "a", "kind": "text", "label": "A", "options": ["x"]}]'),
  'question "a" has options if there is a choice, and only then', 'only a choice has options');
select is(pg_temp.check_questions('[{"key": "a", "kind": "choices", "label": "A", "options": ["x", "x"]}]'),
  'question "a" has 1 to 50 different options, each at most 200 characters', 'options differ');
select is(pg_temp.check_questions('[{"key": "a", "kind": "choices", "label": "A", "options": []}]'),
  'question "a" has 1 to 50 different options, each at most 200 characters', 'options are not empty');
select is(pg_temp.check_questions('[{"key": "a", "kind": "checkbox", "label": "A", "link": {"label": "B", "url": "javascript:alert(1)"}}]'),
  'question "a" has a link with a label and a url that begins with https:// or http://', 'a link leads to a web page');
select is(pg_temp.check_questions('[{"key": "a", "kind": "text", "label": "A", "html": "<b>"}]'),
  'question "a" has key, kind, label, hint, required, options and link, nothing else', 'unknown fields are refused');

select is(pg_temp.check_questions('[
  {"key": "reason", "kind": "text", "label": "What brings you here?", "hint": "In a few words", "required": true},
  {"key": "side", "kind": "choice", "label": "Which side?", "options": ["Left", "Right"]},
  {"key": "had", "kind": "choices", "label": "Have you had", "options": ["Measles", "Mumps", "Rubella"]},
  {"key": "since", "kind": "date", "label": "Since when?"},
  {"key": "consent", "kind": "checkbox", "label": "I agree to the", "required": true,
    "link": {"label": "privacy policy", "url": "https://asking.example/privacy"}}
]'), 'ok', 'text, choice, choices, checkbox and date are valid kinds');
select is(public.openslot_calendar('asking-doctor') #> '{services,0,questions,1}',
  '{"key": "side", "kind": "choice", "label": "Which side?", "options": ["Left", "Right"]}', 'the public calendar lists the questions');
select is(public.openslot_calendar('asking-doctor') #> '{services,1,questions}', '[]', 'a service without questions has an empty list');

-- Valid answers -----------------------------------------------------------------------------------------------------
create function pg_temp.book(answers jsonb, service text default 'visit') returns text language plpgsql as $$
declare
  message text; detail text;
begin
  return public.openslot_book('asking-doctor', service,
    (select start_time from openslot.availability_slots
      where provider_id = 'b2000000-0000-4000-8000-000000000001' and status = 'open' and start_time > now() + interval '1 hour'
      order by start_time limit 1),
    jsonb_build_object('name', 'Ada Example', 'email', 'ada@example.com', 'answers', answers), gen_random_uuid())
    #>> '{appointment,answers}';
exception when others then
  get stacked diagnostics message = message_text, detail = pg_exception_detail;
  return concat_ws(' ', message, nullif(detail, '{}'));
end
$$;
select is(pg_temp.book('{"reason": " A cough \n", "consent": true}'),
  '[{"key": "reason", "kind": "text", "label": "What brings you here?", "answer": "A cough"}, '
  '{"key": "consent", "kind": "checkbox", "label": "I agree to the", "answer": true}]',
  'answers are kept with their questions, trimmed');
select is(pg_temp.book('{"reason": "A cough", "consent": true, "side": "Left", "had": ["Rubella", "Measles", "Rubella"], "since": "2026-02-28"}')::jsonb
    #> '{2,answer}', '["Measles", "Rubella"]', 'choices are stored in the order of the options, each once');
select is(pg_temp.book('{"reason": "A cough", "consent": true, "other": "?"}')::jsonb #>> '{1,key}', 'consent',
  'answers without a question are not stored');
select is(pg_temp.book('{"reason": "A cough", "consent": true, "side": "", "had": [], "since": null}')::jsonb #>> '{1,key}', 'consent',
  'an empty answer counts as none');
select is(pg_temp.book('{"consent": true}'), 'invalid_argument {"field": "answers.reason"}', 'a required question must be answered');
select is(pg_temp.book('{"reason": " ", "consent": true}'), 'invalid_argument {"field": "answers.reason"}', 'an answer of blanks does not count');
select is(pg_temp.book('{"reason": "A cough", "consent": false}'), 'invalid_argument {"field": "answers.consent"}',
  'a required consent must be given');
select is(pg_temp.book('{"reason": "A cough", "consent": "yes"}'), 'invalid_argument {"field": "answers.consent"}', 'a consent is given by ticking the box');
select is(pg_temp.book(null), 'invalid_argument {"field": "answers.reason"}', 'required questions need answers');
select is(pg_temp.book('"cough"'), 'invalid_argument {"field": "answers"}', 'a text is no set of answers');
select is(pg_temp.book('{"reason": 5, "consent": true}'), 'invalid_argument {"field": "answers.reason"}', 'a number is no text answer');
select is(pg_temp.book(jsonb_build_object('reason', repeat('x', 2001), 'consent', true)),
  'invalid_argument {"field": "answers.reason"}', 'a text answer has at most 2,000 characters');
select is(pg_temp.book('{"reason": "A cough", "consent": true, "side": "Up"}'), 'invalid_argument {"field": "answers.side"}',
  'a choice is one of the options');
select is(pg_temp.book('{"reason": "A cough", "consent": true, "had": ["Plague"]}'), 'invalid_argument {"field": "answers.had"}',
  'each of several choices is one of the options');
select is(pg_temp.book('{"reason": "A cough", "consent": true, "had": "Mumps"}'), 'invalid_argument {"field": "answers.had"}',
  'several choices come in a list');
select is(pg_temp.book('{"reason": "A cough", "consent": true, "since": "2026-02-30"}'), 'invalid_argument {"field": "answers.since"}',
  'a date must exist in the calendar');
select results_eq(
  $$ select day, openslot.is_date(day) from unnest(array['2026-02-28', '2028-02-29', '2100-02-29', '2026-13-01', '2026-00-10',
    '0000-01-01', '0001-01-01', '9999-12-31', '26-02-28', '2026-2-28', '28.02.2026', '2026-02-28 BC', '٢٠٢٦-٠٢-٢٨', 'today', '', null]) as day $$,
  $$ values ('2026-02-28', true), ('2028-02-29', true), ('2100-02-29', false), ('2026-13-01', false), ('2026-00-10', false),
    ('0000-01-01', false), ('0001-01-01', true), ('9999-12-31', true), ('26-02-28', false), ('2026-2-28', false), ('28.02.2026', false),
    ('2026-02-28 BC', false), ('٢٠٢٦-٠٢-٢٨', false), ('today', false), ('', false), (null, null) $$,
  'dates are written year, month, day, in the digits 0 to 9');
select is(pg_temp.book('{"reason": "A cough"}', 'plain'), '[]', 'a service without questions takes no answers');

-- After a booking -----------------------------------------------------------------------------------------------------------
update openslot.services set questions = '[]' where slug = 'visit';
select is((select answers #>> '{0,label}' from openslot.appointments
    where provider_id = 'b2000000-0000-4000-8000-000000000001' and answers <> '[]' order by created_at limit 1),
  'What brings you here?', 'a stored answer keeps its question when the question is removed');
select is((select openslot.desk_appointment_json(appointment) #>> '{answers,0,answer}' from openslot.appointments appointment
    where provider_id = 'b2000000-0000-4000-8000-000000000001' and answers <> '[]' order by created_at limit 1),
  'A cough', 'staff read the answers');
select ok(not has_column_privilege('anon', 'openslot.appointments', 'answers', 'select'), 'the patient''s answer does not appear in public data');

select * from finish();
rollback;
