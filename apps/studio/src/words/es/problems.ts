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
  codes: {
    LOGIN_INVALID: 'No hay ningún usuario con ese nombre y esa contraseña. Revisa los dos.',
    ACCOUNT_DISABLED: 'Esta cuenta está cerrada. Puede abrirla quien lleva este estudio.',
    REGISTRATION_CLOSED: 'Ahora nadie puede registrarse aquí. Pregunta a quien lleva este estudio.',
    LOGIN_LINK_INVALID: 'Este enlace ya se ha usado o ha caducado. Entra con tu contraseña.',
    QUERY_NOT_UNDERSTOOD:
      'No hemos encontrado nada de baile. Di un nivel, un ambiente o un paso, como «tranquilo, con vueltas».',
    ALL_MOVES_REFUSED: 'Si no quieres nada de eso, no queda ningún paso que bailar. Permite alguno.',
    GENERATION_FAILED: 'No ha salido ningún baile de eso. Pide menos, o elige otra canción.',
    TOO_MANY_TASKS: 'Ya se están creando muchos bailes tuyos. Espera a que termine uno, o cancela alguno.',
    TASK_ENDED: 'Ya está hecho: no hay nada que cancelar.',
    NOT_FOUND: 'Ya no está.',
    FORBIDDEN: 'Esto no es para tu cuenta.',
    BODY_TOO_LARGE: 'El archivo es demasiado grande. Usa uno más corto o más comprimido.',
    UPLOAD_QUOTA:
      'Tus archivos ocupan todo tu espacio. Borra alguno; su espacio queda libre unas horas después.',
    SERVICE_BUSY: 'El estudio tiene ahora demasiado trabajo. Vuelve a intentarlo en un momento.',
  },
};
