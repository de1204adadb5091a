import type { account as english } from '../en/account.ts';
import type { SameKeys } from '../same-keys.ts';

export const account: SameKeys<typeof english> = {
  title: 'Tu cuenta',
  lead: 'Has entrado como {name}.',
  save: 'Guardar',
  saved: 'Guardado.',
  profile: {
    title: 'Perfil',
    displayName: 'Cómo te llamamos',
    email: 'Correo electrónico',
  },
  dancing: {
    title: 'Cómo bailas',
    lead: 'Vale para todos tus bailes, salvo que digas otra cosa al crear uno.',
    level: 'Nivel habitual',
    refused: 'Nunca pongas esto en mis bailes',
    refusedPrompt: 'Elige un paso …',
    autoSave: 'Guardar en mi colección cada baile terminado',
  },
  password: {
    title: 'Contraseña',
    lead: 'Otra contraseña cierra todas las demás sesiones.',
    current: 'Contraseña actual',
    next: 'Contraseña nueva',
    nextAgain: 'La contraseña nueva otra vez',
    differ: 'Las dos no coinciden.',
    action: 'Cambiar la contraseña',
    done: 'Tu contraseña ha cambiado; en los demás dispositivos ya no estás dentro.',
  },
  sessions: {
    title: 'Dónde has entrado',
    unknownDevice: 'Dispositivo desconocido',
    device: '{browser} en {system}',
    current: 'Este',
    used: 'Último uso: {when}',
    end: 'Salir',
    endNamed: 'Salir de {device}',
    ended: 'Esa sesión ha terminado.',
    endOthers: 'Salir de todos los demás',
    othersEnded:
      '{count, plural, =0 {No había otra sesión.} one {Ha terminado una sesión.} other {Han terminado # sesiones.}}',
  },
  data: {
    title: 'Tus datos',
    lead: 'Todo lo tuyo en un archivo: perfil, bailes, colección, clases y sesiones, con enlaces a tus vídeos.',
    export: 'Descargar mis datos',
    fileName: 'bachata-buddy-{name}.json',
    delete: 'Borrar mi cuenta',
    deleteTitle: '¿Borrar tu cuenta?',
    deleteLead:
      'Tus bailes, tu colección, tus clases y lo que subiste se borran para siempre. No se puede deshacer: descarga antes tus datos si quieres conservarlos.',
    confirm: 'Tu contraseña, para saber que eres tú',
    deleteAction: 'Borrarlo todo',
    deleted: 'Tu cuenta está borrada.',
  },
};
