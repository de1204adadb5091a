/** Names of what is chosen in several views. */
export const choices = {
  level: { beginner: 'Beginner', intermediate: 'Intermediate', advanced: 'Advanced' },
  energy: { any: 'As the song', low: 'Calm', medium: 'Medium', high: 'Lively' },
  style: {
    any: 'As it fits',
    romantic: 'Romantic',
    energetic: 'Energetic',
    sensual: 'Sensual',
    playful: 'Playful',
    modern: 'Modern',
  },
  part: {
    intro: 'intro',
    verse: 'verse',
    chorus: 'chorus',
    mambo: 'mambo',
    break: 'break',
    outro: 'outro',
  },
};
