import type { progress as english } from '../en/progress.ts';
import type { SameKeys } from '../same-keys.ts';

export const progress: SameKeys<typeof english> = {
  title: 'Estamos creando tu baile',
  lead: 'Con «{song}»',
  stages: {
    generating_blueprint: 'Eligiendo pasos que encajan con la música …',
    submitting_job: 'Buscando una pista libre …',
    video_assembly: 'Uniendo los pasos al ritmo …',
    uploading_result: 'Poniendo el vídeo en su sitio …',
    completed: 'Listo. Vamos allá.',
  },
  leave: 'Puedes dejar esta página: encontrarás el baile en tu colección.',
  cancel: 'Cancelar',
  cancelTitle: '¿Cancelar este baile?',
  cancelText: 'Se pierde lo que ya está hecho.',
  cancelAction: 'Cancelar el baile',
  failed: 'No se pudo crear este baile',
  failedTitle: 'Esta vez no hay baile',
  failedHint:
    'Solo se ha perdido este intento. Créalo otra vez, o con otra canción; si vuelve a fallar, avisa a quien lleva este estudio.',
  failures: {
    clipGone: 'Un clip de este baile ya no está en la biblioteca.',
    songGone: 'La canción ya no está en la biblioteca.',
    notStored: 'El vídeo se creó, pero no se pudo guardar.',
    cancelled: 'Lo cancelaste.',
  },
  changeFailedHint: 'Solo se ha perdido este cambio: el baile del que salió sigue como estaba.',
  videoFailed: 'No se pudo volver a crear su vídeo',
  videoFailedHint: 'El baile sigue como estaba. Puedes bailarlo con sus clips y pedir el vídeo otra vez.',
  source: 'Volver al baile del que salió',
  another: 'Crear otro',
  unmet: 'No lleva todo lo que pedías',
};
