/** Width and height in pixels, both even. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}
