import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { Couple } from '../dance/performance.ts';
import { vector } from '../maths/vector.ts';
import { makeRandom } from '../random.ts';
import { FRAME_HEIGHT, FRAME_WIDTH, see } from './camera.ts';
import type { Context } from './paint.ts';

const WALL_DISTANCE = -2.4;

function drawWall(context: Context, floorLine: number): void {
  const sky = context.createLinearGradient(0, 0, 0, floorLine);
  sky.addColorStop(0, '#160b24');
  sky.addColorStop(0.45, '#3b1638');
  sky.addColorStop(0.8, '#5d2341');
  sky.addColorStop(1, '#7d3440');
  context.fillStyle = sky;
  context.fillRect(0, 0, FRAME_WIDTH, floorLine + 2);
  const glow = context.createRadialGradient(640, floorLine - 120, 20, 640, floorLine - 120, 640);
  glow.addColorStop(0, 'rgba(255,176,100,0.42)');
  glow.addColorStop(0.35, 'rgba(226,100,80,0.20)');
  glow.addColorStop(1, 'rgba(120,30,70,0)');
  context.fillStyle = glow;
  context.fillRect(0, 0, FRAME_WIDTH, floorLine + 2);
}

function drawBokeh(context: Context, floorLine: number): void {
  const random = makeRandom(20);
  for (let index = 0; index < 70; index += 1) {
    const x = random() * FRAME_WIDTH;
    const y = 40 + random() * (floorLine - 80);
    const radius = 6 + random() * random() * 34;
    const tint = ['255,196,110', '255,140,90', '255,110,140', '255,226,170'][
      Math.floor(random() * 4)
    ] as string;
    const alpha = 0.05 + random() * 0.16;
    const spot = context.createRadialGradient(x, y, radius * 0.2, x, y, radius);
    spot.addColorStop(0, `rgba(${tint},${alpha * 0.7})`);
    spot.addColorStop(0.85, `rgba(${tint},${alpha})`);
    spot.addColorStop(1, `rgba(${tint},0)`);
    context.fillStyle = spot;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
}

function drawBeams(context: Context, floorLine: number): void {
  context.save();
  context.globalCompositeOperation = 'lighter';
  for (const [top, bottom, width, tint] of [
    [180, 470, 210, '255,170,90'],
    [1100, 810, 210, '255,110,130'],
    [640, 640, 260, '255,205,140'],
  ] as const) {
    const beam = context.createLinearGradient(0, -40, 0, floorLine + 60);
    beam.addColorStop(0, `rgba(${tint},0.075)`);
    beam.addColorStop(1, `rgba(${tint},0.0)`);
    context.fillStyle = beam;
    for (const spread of [1, 0.88, 0.76, 0.64, 0.52, 0.4, 0.28]) {
      context.beginPath();
      context.moveTo(top - 14, -20);
      context.lineTo(top + 14, -20);
      context.lineTo(bottom + width * spread, floorLine + 70);
      context.lineTo(bottom - width * spread, floorLine + 70);
      context.closePath();
      context.fill();
    }
  }
  context.restore();
}

function drawGarlands(context: Context): void {
  for (const [startY, sag, endY, shift] of [
    [70, 120, 40, 0],
    [30, 150, 110, 30],
    [120, 70, 60, -20],
  ] as const) {
    context.strokeStyle = 'rgba(20,8,16,0.65)';
    context.lineWidth = 1.6;
    context.beginPath();
    const at = (share: number) => ({
      x: share * (FRAME_WIDTH + 80) - 40,
      y: startY + (endY - startY) * share + Math.sin(share * Math.PI) * sag,
    });
    for (let step = 0; step <= 40; step += 1) {
      const point = at(step / 40);
      if (step === 0) context.moveTo(point.x, point.y);
      else context.lineTo(point.x, point.y);
    }
    context.stroke();
    for (let bulb = 0; bulb < 15; bulb += 1) {
      const { x, y } = at((bulb + 0.5) / 15 + shift / 2000);
      const halo = context.createRadialGradient(x, y + 6, 1, x, y + 6, 26);
      halo.addColorStop(0, 'rgba(255,240,200,0.95)');
      halo.addColorStop(0.16, 'rgba(255,210,130,0.75)');
      halo.addColorStop(0.4, 'rgba(255,160,80,0.22)');
      halo.addColorStop(1, 'rgba(255,140,60,0)');
      context.fillStyle = halo;
      context.fillRect(x - 26, y - 20, 52, 52);
    }
  }
}

function drawFloor(context: Context, floorLine: number): void {
  const wood = context.createLinearGradient(0, floorLine, 0, FRAME_HEIGHT);
  wood.addColorStop(0, '#5a2723');
  wood.addColorStop(0.35, '#6e3527');
  wood.addColorStop(1, '#3a1a1a');
  context.fillStyle = wood;
  context.fillRect(0, floorLine, FRAME_WIDTH, FRAME_HEIGHT - floorLine);
  const random = makeRandom(7);
  for (let plank = -34; plank < 34; plank += 1) {
    const width = 0.16;
    const corners = [
      see(vector(plank * width, 0, WALL_DISTANCE)),
      see(vector((plank + 1) * width, 0, WALL_DISTANCE)),
      see(vector((plank + 1) * width, 0, 2.4)),
      see(vector(plank * width, 0, 2.4)),
    ] as const;
    context.beginPath();
    context.moveTo(corners[0].x, corners[0].y);
    for (const corner of corners.slice(1)) context.lineTo(corner.x, corner.y);
    context.closePath();
    context.fillStyle =
      random() < 0.5 ? `rgba(255,190,120,${random() * 0.07})` : `rgba(20,4,10,${random() * 0.16})`;
    context.fill();
    context.strokeStyle = 'rgba(20,6,8,0.35)';
    context.lineWidth = 1;
    context.stroke();
  }
  context.save();
  context.translate(640, floorLine + 92);
  context.scale(1, 0.24);
  const pool = context.createRadialGradient(0, 0, 10, 0, 0, 560);
  pool.addColorStop(0, 'rgba(255,205,140,0.66)');
  pool.addColorStop(0.4, 'rgba(255,160,90,0.34)');
  pool.addColorStop(1, 'rgba(255,110,70,0)');
  context.fillStyle = pool;
  context.fillRect(-640, -600, 1280, 1200);
  context.restore();
  const edge = context.createLinearGradient(0, floorLine - 16, 0, floorLine + 22);
  edge.addColorStop(0, 'rgba(20,6,14,0)');
  edge.addColorStop(0.5, 'rgba(20,6,14,0.55)');
  edge.addColorStop(1, 'rgba(20,6,14,0)');
  context.fillStyle = edge;
  context.fillRect(0, floorLine - 16, FRAME_WIDTH, 40);
}

function drawVignette(context: Context): void {
  const dark = context.createRadialGradient(640, 380, 330, 640, 380, 820);
  dark.addColorStop(0, 'rgba(8,2,12,0)');
  dark.addColorStop(1, 'rgba(8,2,12,0.72)');
  context.fillStyle = dark;
  context.fillRect(0, 0, FRAME_WIDTH, FRAME_HEIGHT);
}

/** Paints the stage that every clip shares: a lit wall, garlands, a wooden floor. */
function paintStage(): Canvas {
  const canvas = createCanvas(FRAME_WIDTH, FRAME_HEIGHT);
  const context = canvas.getContext('2d');
  const floorLine = see(vector(0, 0, WALL_DISTANCE)).y;
  drawWall(context, floorLine);
  drawBokeh(context, floorLine);
  drawBeams(context, floorLine);
  drawGarlands(context);
  drawFloor(context, floorLine);
  drawVignette(context);
  return canvas;
}

/** A soft dark spot, stretched under whatever stands on the floor. */
function paintShadow(): Canvas {
  const canvas = createCanvas(128, 128);
  const context = canvas.getContext('2d');
  const soft = context.createRadialGradient(64, 64, 4, 64, 64, 64);
  soft.addColorStop(0, 'rgba(14,3,8,0.85)');
  soft.addColorStop(0.5, 'rgba(14,3,8,0.45)');
  soft.addColorStop(1, 'rgba(14,3,8,0)');
  context.fillStyle = soft;
  context.fillRect(0, 0, 128, 128);
  return canvas;
}

/** The pictures that every frame of every clip is built from. */
export interface StagePictures {
  readonly stage: Canvas;
  readonly shadow: Canvas;
}

export function paintPictures(): StagePictures {
  return { stage: paintStage(), shadow: paintShadow() };
}

/** Draws the shadows of both dancers on the floor: one wide under the body, one dense under each foot. */
export function drawShadows(context: Context, shadow: Canvas, couple: Couple): void {
  const spot = (x: number, z: number, reach: number, alpha: number) => {
    const at = see(vector(x, 0, z));
    context.globalAlpha = alpha;
    context.drawImage(
      shadow,
      at.x - reach * at.size,
      at.y - reach * at.size * 0.26,
      reach * at.size * 2,
      reach * at.size * 0.52,
    );
  };
  for (const dancer of [couple.lead, couple.follow]) {
    spot(dancer.pelvis.x + 0.06, dancer.pelvis.z - 0.04, 0.42, 0.55);
    for (const leg of [dancer.leftLeg, dancer.rightLeg]) {
      const height = Math.max(0, leg.ball.y);
      spot((leg.ball.x + leg.ankle.x) / 2, (leg.ball.z + leg.ankle.z) / 2, 0.15, 0.8 / (1 + height * 9));
    }
  }
  context.globalAlpha = 1;
}
