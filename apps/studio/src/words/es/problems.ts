import type { problems as english } from '../en/problems.ts';
import type { SameKeys } from '../same-keys.ts';

export const problems: SameKeys<typeof english> = {
  again: 'Intentarlo de nuevo',
  offline: 'No hay conexión con el estudio. Revisa tu red; no se pierde nada de lo que has escrito.',
  signedOut: 'Tu sesión ha terminado. Vuelve a entrar para continuar.',
  tooOften: 'Se ha pedido demasiadas veces. Espera un poco y vuelve a intentarlo.',
  wait: 'Por ahora es todo: {minutes, plural, one {inténtalo dentro de un minuto} other {inténtalo dentro de unos # minutos}}.',
  trouble: 'El estudio tiene un problema propio. Vuelve a intentarlo en un momento.',
  refused: 'No se ha aceptado.',
  broken: 'La página ha tropezado. Recárgala; si no ayuda, avisa a quien lleva este estudio.',
  said: 'El estudio responde (en inglés): «{message}»',
};
