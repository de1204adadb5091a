/** Whose page it is that the browser is taken through. */
export const USERNAME = 'ana';
export const PASSWORD = 'una-noche-muy-larga';
