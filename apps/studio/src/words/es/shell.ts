import type { shell as english } from '../en/shell.ts';
import type { SameKeys } from '../same-keys.ts';

export const shell: SameKeys<typeof english> = {
  name: 'Bachata Buddy',
  skip: 'Ir al contenido',
  navigation: 'Principal',
  make: 'Crear',
  collection: 'Colección',
  plans: 'Clases',
  account: 'Cuenta de {name}',
  accountPage: 'Tu cuenta',
  settings: 'Idioma y aspecto',
  language: 'Idioma',
  look: 'Aspecto',
  looks: { system: 'Como el sistema', light: 'Claro', dark: 'Oscuro' },
  signOut: 'Salir',
  signedOutHereAlone:
    'Has salido aquí, pero no se pudo avisar al estudio. Tu sesión termina sola en menos de una semana.',
  news: 'Novedades',
  close: 'Cerrar',
  cancel: 'Cancelar',
  pages: 'Páginas',
  page: 'Página {page} de {pages}',
  before: 'La página anterior',
  after: 'La página siguiente',
  takeOut: 'Quitar {name}',
  loading: 'Cargando …',
  offline: 'Estás sin conexión. Lo que ves puede ser antiguo.',
  broken: 'Esto no ha funcionado',
  notFound: 'Aquí no hay nada',
  notFoundLead: 'La dirección no es correcta, o lo que había aquí ya no está.',
  home: 'Crear un baile',
};
