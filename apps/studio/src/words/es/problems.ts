import type { problems as english } from '../en/problems.ts';
import type { SameKeys } from '../same-keys.ts';

const broken = 'La página ha tropezado. Recárgala; si no ayuda, avisa a quien lleva este estudio.';
const signedOut = 'Tu sesión ha terminado. Vuelve a entrar para continuar.';
const trouble = 'El estudio tiene un problema propio. Vuelve a intentarlo en un momento.';
const tooOften = 'Se ha pedido demasiadas veces. Espera un poco y vuelve a intentarlo.';
const noRoom = 'El estudio está recibiendo demasiados archivos. Vuelve a intentarlo en unos minutos.';

export const problems: SameKeys<typeof english> = {
  again: 'Intentarlo de nuevo',
  offline: 'No hay conexión con el estudio. Revisa tu red; no se pierde nada de lo que has escrito.',
  tooOften,
  wait: 'Por ahora es todo: {minutes, plural, one {inténtalo dentro de un minuto} other {inténtalo dentro de unos # minutos}}.',
  trouble,
  refused: 'No se ha aceptado.',
  broken,
  said: 'El estudio responde (en inglés): «{message}»',
  codes: {
    LOGIN_INVALID: 'No hay ningún usuario con ese nombre y esa contraseña. Revisa los dos.',
    ACCOUNT_DISABLED: 'Esta cuenta está cerrada. Puede abrirla quien lleva este estudio.',
    REGISTRATION_CLOSED: 'Ahora nadie puede registrarse aquí. Pregunta a quien lleva este estudio.',
    LOGIN_LINK_INVALID: 'Este enlace ya se ha usado o ha caducado. Entra con tu contraseña.',
    RESET_LINK_INVALID: 'Este enlace ya se ha usado o ha caducado. Pide otro a quien lleva este estudio.',
    UNAUTHENTICATED: signedOut,
    TOKEN_INVALID: signedOut,
    QUERY_NOT_UNDERSTOOD:
      'No hemos encontrado nada de baile. Di un nivel, un ambiente o un paso, como «tranquilo, con vueltas».',
    ALL_MOVES_REFUSED: 'Si no quieres nada de eso, no queda ningún paso que bailar. Permite alguno.',
    GENERATION_FAILED: 'No ha salido ningún baile de eso. Pide menos, o elige otra canción.',
    TOO_MANY_TASKS: 'Ya se están creando muchos bailes tuyos. Espera a que termine uno, o cancela alguno.',
    TASK_ENDED: 'Ya está hecho: no hay nada que cancelar.',
    TASK_UNFINISHED: 'Este baile aún no está listo. Espera a que tenga su vídeo y vuelve a intentarlo.',
    TASK_CANCELLED: 'Este baile se ha cancelado mientras tanto. Crea otro.',
    NOT_REVISABLE:
      'Este baile no se puede cambiar. Si es una versión para practicar, cambia su original; si no, crea uno nuevo.',
    VERSION_IMPOSSIBLE:
      'De este baile no se puede hacer una versión para practicar. Usa su original, u otro baile.',
    VERSION_REPLACED:
      'Esta versión se ha vuelto a hacer mientras tanto. Ábrela desde las versiones del original.',
    VIDEO_NEVER_THERE: 'Este baile nunca tuvo vídeo: no hay nada que recuperar. Vuelve a crearlo.',
    VIDEO_STILL_THERE: 'El vídeo está ahí. Recarga la página para verlo.',
    VIDEO_NOT_READY: 'El vídeo aún no está listo. Vuelve a intentarlo en un momento.',
    ALREADY_SAVED: 'Ya está en tu colección: no hace falta guardarlo otra vez.',
    SONG_NEEDED: 'Algo necesita todavía esta canción. Borra antes los bailes y las clases que la usan.',
    SONG_UNHEARD:
      'La canción aún no se ha escuchado. Vuelve a intentarlo en un momento; si no ayuda, tráela de nuevo.',
    PLAN_FULL: 'Esta clase ya tiene todos los bailes que caben. Quita uno, o empieza otra clase.',
    ORDER_INVALID: 'La clase se ha cambiado en otro sitio. Recarga la página y vuelve a ordenarla.',
    FIELDS_INVALID:
      'Algo de lo que has escrito no encaja. Revísalo; el estudio responde (en inglés): «{message}»',
    NOT_FOUND: 'Ya no está. Vuelve atrás y recarga la lista que llevaba aquí.',
    PAGE_NOT_FOUND: 'La lista se ha acortado. Vuelve a su primera página.',
    FORBIDDEN: 'Esto no es para tu cuenta. Entra con otra, o pregunta a quien lleva este estudio.',
    BODY_TOO_LARGE: 'El archivo es demasiado grande. Usa uno más corto o más comprimido.',
    UPLOAD_QUOTA:
      'Tus archivos ocupan todo tu espacio. Borra alguno; su espacio queda libre unas horas después.',
    UPLOAD_CUT_OFF: 'El archivo no ha llegado entero. Revisa tu red y envíalo otra vez.',
    UPLOAD_DISK_FULL: noRoom,
    UPLOAD_ROOM_TAKEN: noRoom,
    REQUEST_TIMEOUT: 'Ha tardado demasiado en llegar. Revisa tu red y vuelve a intentarlo.',
    REQUEST_IN_FLIGHT: 'Eso mismo ya está en marcha. Espera un momento y vuelve a intentarlo.',
    THROTTLED: tooOften,
    TOO_MANY_STREAMS: 'El estudio está abierto en demasiados sitios. Cierra alguno y recarga la página.',
    SERVICE_BUSY: 'El estudio tiene ahora demasiado trabajo. Vuelve a intentarlo en un momento.',
    SERVICE_UNAVAILABLE: trouble,
    NOT_READY: trouble,
    INTERNAL_ERROR: trouble,
    BODY_INVALID: broken,
    EXPECTATION_FAILED: broken,
    HEADERS_TOO_LARGE: broken,
    IDEMPOTENCY_KEY_INVALID: broken,
    IDEMPOTENCY_KEY_REUSED: broken,
    MEDIA_TYPE_UNSUPPORTED: broken,
    METHOD_NOT_ALLOWED: broken,
    PARAMETER_INVALID: broken,
    PRECONDITION_FAILED: broken,
    RANGE_UNSATISFIABLE: broken,
    REQUEST_INVALID: broken,
  },
};
