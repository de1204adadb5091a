export const plans = {
  title: 'Classes',
};
