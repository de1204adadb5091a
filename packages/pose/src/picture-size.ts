/** Of the pictures that the model looks at: multiples of 32, in the proportions of the house format. */
export const PICTURE_SIZE = { width: 512, height: 288 } as const;
