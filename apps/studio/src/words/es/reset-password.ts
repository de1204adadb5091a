import type { resetPassword as english } from '../en/reset-password.ts';
import type { SameKeys } from '../same-keys.ts';

export const resetPassword: SameKeys<typeof english> = {
  title: 'Pon otra contraseña',
  lead: 'Cada dispositivo que está dentro de la cuenta tendrá que volver a entrar.',
  action: 'Guardar la contraseña',
  done: 'La contraseña está guardada.',
  signIn: 'Entra con ella',
  incomplete: 'Falta una parte del enlace. Ábrelo tal como te lo dieron.',
};
