import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { danceToSentence, understand } from '../../api/generation.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import styles from './by-sentence.module.css';
import { UnderstoodWishes } from './understood-wishes.tsx';
import { useDance } from './use-dance.ts';
import { type Parameters, sentenceRequest } from './wish-form.ts';

/** The API asks for so many characters at least. */
const MIN_LENGTH = 10;
const MAX_LENGTH = 1_000;

/** A sentence, what is understood of it, and corrections to that. */
export function BySentence() {
  const t = useTranslations('make');
  const [sentence, setSentence] = useState('');
  const [parameters, setParameters] = useState<Parameters | null>(null);
  const understanding = useMutation({ mutationFn: understand });
  const dance = useDance(danceToSentence);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    understanding.mutate(sentence.trim(), {
      onSuccess: (understood) => setParameters(understood.parameters),
    });
  };
  const change = (text: string): void => {
    setSentence(text);
    // What was understood, or is about to be, is of another sentence.
    understanding.reset();
    setParameters(null);
  };
  const examples = [t('examples.calm'), t('examples.turns'), t('examples.chorus')];
  return (
    <div className={styles.sentence}>
      <form className={styles.form} onSubmit={submit}>
        <TextArea
          label={t('sentence')}
          hint={t('sentenceHint')}
          value={sentence}
          minLength={MIN_LENGTH}
          maxLength={MAX_LENGTH}
          required
          onChange={(event) => change(event.target.value)}
        />
        <div className={styles.examples}>
          <span>{t('forExample')}</span>
          {examples.map((example) => (
            <button key={example} type="button" onClick={() => change(example)}>
              {example}
            </button>
          ))}
        </div>
        {understanding.isError && <ProblemNotice problem={understanding.error} />}
        {parameters === null && (
          <p>
            <Button type="submit" look="primary" size="large" isBusy={understanding.isPending}>
              {t('understand')}
            </Button>
          </p>
        )}
      </form>
      <div aria-live="polite">
        {parameters !== null && understanding.data !== undefined && (
          <UnderstoodWishes
            understood={understanding.data.understood}
            parameters={parameters}
            isBusy={dance.isPending}
            onChange={setParameters}
            onDance={() => dance.mutate(sentenceRequest(sentence.trim(), parameters))}
          />
        )}
      </div>
      {dance.isError && <ProblemNotice problem={dance.error} />}
    </div>
  );
}
