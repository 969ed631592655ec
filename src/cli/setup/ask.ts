import { confirm, isCancel, multiselect, select } from '@clack/prompts';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** Questions stand on stderr, like all that is asked on a terminal; stdout is for what came of it. */
const output = process.stderr;

/** The chosen ones, all of them at first; undefined where the person leaves. */
export async function askSome<Value extends string>(
  message: string,
  choices: readonly Choice<Value>[],
): Promise<readonly Value[] | undefined> {
  const options: Choice<string>[] = [...choices];
  const initialValues = choices.map(({ value }) => value);
  const chosen = await multiselect<string>({
    message,
    options,
    initialValues,
    required: false,
    showInstructions: false,
    output,
  });
  if (isCancel(chosen)) return undefined;
  return choices.filter(({ value }) => chosen.includes(value)).map(({ value }) => value);
}

/** Undefined where the person leaves. */
export async function askOne<Value extends string>(
  message: string,
  choices: readonly Choice<Value>[],
): Promise<Value | undefined> {
  const options: Choice<string>[] = [...choices];
  const chosen = await select<string>({ message, options, showInstructions: false, output });
  return isCancel(chosen) ? undefined : choices.find(({ value }) => value === chosen)?.value;
}

/** False also where the person leaves. */
export async function askYes(message: string, active: string, inactive: string): Promise<boolean> {
  return (await confirm({ message, active, inactive, initialValue: true, output })) === true;
}
