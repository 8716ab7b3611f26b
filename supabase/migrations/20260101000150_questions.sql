-- Questions that a clinic asks patients who book a service, and their answers. These are pure functions of JSON: services has
-- a column with the questions, appointments one with the answers.

create function openslot.check_questions(questions jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
declare
  question jsonb;
  key text;
  kind text;
  seen text[] := '{}';
  problem text;
begin
  if questions is null or jsonb_typeof(questions) <> 'array' or jsonb_array_length(questions) > 20 then
    raise exception 'questions are an array of at most 20' using errcode = 'check_violation', column = 'questions';
  end if;
  for question in select * from jsonb_array_elements(questions) loop
    key := question ->> 'key';
    kind := question ->> 'kind';
    problem := case
      when jsonb_typeof(question) <> 'object' then 'is an object'
      when question - '{key,kind,label,hint,required,options,link}'::text[] <> '{}'
        then 'has key, kind, label, hint, required, options and link, nothing else'
      when coalesce(key !~ '^[a-z][a-z0-9_]{0,39}$', true) then 'has a key of a-z, 0-9 and _'
      when key = any (seen) then 'has a key of its own'
      when coalesce(kind not in ('text', 'choice', 'choices', 'checkbox', 'date'), true)
        then 'has a kind: text, choice, choices, checkbox or date'
      when not openslot.is_line(question -> 'label', 500) then 'has a label, at most 500 characters'
      when question ? 'hint' and not openslot.is_line(question -> 'hint', 500) then 'has a hint of at most 500 characters'
      when jsonb_typeof(question -> 'required') <> 'boolean' then 'is required or not: true or false'
      when (kind in ('choice', 'choices')) <> (question ? 'options') then 'has options if there is a choice, and only then'
      when question ? 'options' and not openslot.are_options(question -> 'options')
        then 'has 1 to 50 different options, each at most 200 characters'
      when question ? 'link' and not openslot.is_link(question -> 'link')
        then 'has a link with a label and a url that begins with https:// or http://'
    end;
    if problem is not null then
      raise exception 'question % %', coalesce('"' || key || '"', question::text), problem
        using errcode = 'check_violation', column = 'questions';
    end if;
    seen := seen || key;
  end loop;
  return true;
end;
$$;
comment on function openslot.check_questions(jsonb) is
  'Whether these are valid questions: an array of {key, kind, label, hint?, required?, options?, link?}. Raises check_violation '
  'with the reason if they are not.';

create function openslot.is_line(value jsonb, longest integer) returns boolean
language sql immutable
return jsonb_typeof(value) = 'string' and length(value #>> '{}') <= longest and btrim(value #>> '{}') <> ''
  and (value #>> '{}') !~ '[[:cntrl:]]';
comment on function openslot.is_line(jsonb, integer) is 'Whether this is a non-empty text of one line.';

create function openslot.are_options(options jsonb) returns boolean
language sql immutable set search_path = ''
as $$
  select jsonb_typeof(options) = 'array' and jsonb_array_length(options) between 1 and 50
    and (select bool_and(openslot.is_line(option, 200)) and count(*) = count(distinct option)
      from jsonb_array_elements(options) option)
$$;
comment on function openslot.are_options(jsonb) is 'Whether this is a list of different texts to choose from.';

create function openslot.is_link(link jsonb) returns boolean
language sql immutable set search_path = ''
as $$
  select jsonb_typeof(link) = 'object' and link - '{label,url}'::text[] = '{}' and openslot.is_line(link -> 'label', 200)
    and openslot.is_line(link -> 'url', 2000) and coalesce(openslot.is_web_address(link ->> 'url'), false)
$$;
comment on function openslot.is_link(jsonb) is 'Whether this is {label, url}.';

create function openslot.is_date(line text) returns boolean
language plpgsql immutable strict set search_path = ''
as $$
begin
  if line !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
    return false;
  end if;
  perform make_date(left(line, 4)::integer, substr(line, 6, 2)::integer, right(line, 2)::integer);
  return true;
exception when datetime_field_overflow then
  return false;
end;
$$;
comment on function openslot.is_date(text) is 'Whether this is a valid calendar day: 2026-02-28. Null for null.';

create function openslot.read_answers(questions jsonb, answers jsonb, needs_all boolean) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  question jsonb;
  answer jsonb;
  read jsonb := '[]';
begin
  answers := coalesce(nullif(answers, 'null'), '{}');
  if jsonb_typeof(answers) <> 'object' then
    perform openslot.reject_argument('answers');
  end if;
  for question in select * from jsonb_array_elements(questions) loop
    answer := openslot.read_answer(question, answers -> (question ->> 'key'));
    if answer is not null then
      read := read || jsonb_build_array(jsonb_build_object(
        'key', question -> 'key', 'kind', question -> 'kind', 'label', question -> 'label', 'answer', answer));
    elsif needs_all and (question ->> 'required')::boolean then
      perform openslot.reject_argument('answers.' || (question ->> 'key'));
    end if;
  end loop;
  return read;
end;
$$;
comment on function openslot.read_answers(jsonb, jsonb, boolean) is
  'The answers, {key: answer}, each with its question as it was asked: [{key, kind, label, answer}]. Answers without a question '
  'are dropped. Raises invalid_argument with `answers.KEY` for an answer that is invalid, or is missing though required.';

create function openslot.read_answer(question jsonb, answer jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  kind text := question ->> 'kind';
  line text := btrim(answer #>> '{}', E' \t\r\n');
  is_right boolean;
begin
  if answer is null or answer in ('null', 'false', '[]') or line = '' then
    return null;
  end if;
  is_right := case kind
    when 'text' then jsonb_typeof(answer) = 'string' and length(line) <= 2000
    when 'choice' then jsonb_typeof(answer) = 'string' and question -> 'options' @> answer
    when 'choices' then jsonb_typeof(answer) = 'array' and question -> 'options' @> answer
    when 'checkbox' then answer = 'true'
    when 'date' then jsonb_typeof(answer) = 'string' and openslot.is_date(line)
  end;
  if is_right is not true then
    perform openslot.reject_argument('answers.' || (question ->> 'key'));
  end if;
  return case kind
    when 'text' then to_jsonb(line)
    -- In the order of the options, each once.
    when 'choices' then (select jsonb_agg(option) from jsonb_array_elements(question -> 'options') option where answer @> option)
    else answer
  end;
end;
$$;
comment on function openslot.read_answer(jsonb, jsonb) is
  'The answer to one question, null if there is none. Raises invalid_argument with `answers.KEY`.';

revoke execute on all functions in schema openslot from public;
