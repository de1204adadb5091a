const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Verbs of how a dance begins: "start with a basic". */
export const OPENING_VERBS = words(
  'start starts starting begin begins beginning opening open opens empieza empezar empezando comienza comenzar abre abrir',
);
/** Verbs of how a dance ends: "finish with a dip". */
export const ENDING_VERBS = words(
  'finish finishes finishing end ends ending close closes closing termina terminar terminando acaba acabar cierra cerrar',
);
/** What joins such a verb and the move. */
export const PLACE_LINKS = words('with con on by en');
