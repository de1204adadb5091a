import type { signIn as english } from '../en/sign-in.ts';
import type { SameKeys } from '../same-keys.ts';

export const signIn: SameKeys<typeof english> = {
  title: 'Pasa',
  lead: 'Elige una canción o di qué te apetece bailar. Recibes una coreografía que encaja con la música, en vídeo, para practicar.',
  sloganIn: 'Entra una canción.',
  sloganOut: 'Sale un baile.',
  caption: 'El básico: tres pasos y un toque, tres pasos y un toque.',
  linkUsed: 'Este enlace ya se ha usado o ha caducado. La demo imprime otro cuando empieza.',
  login: 'Entrar',
  register: 'Soy nuevo aquí',
  registerAction: 'Crear mi cuenta',
  username: 'Nombre de usuario',
  usernameHint: 'Letras, cifras y @ . + - _',
  displayName: 'Cómo te llamamos (opcional)',
  email: 'Correo electrónico (opcional)',
  password: 'Contraseña',
  passwordHint: 'Al menos 8 caracteres; mejor unas palabras que unos signos.',
  password2: 'La contraseña otra vez',
  forgotten: '¿La has olvidado? Quien lleva este estudio puede darte un enlace para poner otra.',
  stay: 'Seguir dentro en este dispositivo',
  stayHint: 'No en un dispositivo que usan otros.',
};
