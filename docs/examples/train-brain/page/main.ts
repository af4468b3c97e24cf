/** Trains in the page, with live curves and overlays. */

import * as tf from '@tensorflow/tfjs';
import { type Drawing, paint } from '../../brain/picture/drawing.js';
import { contenders } from '../losses.js';
import { overlay, panelSize, shownSlice } from '../overlay.js';
import { learningCurves } from '../pictures.js';
import { halvesOf, type Slices } from '../slices.js';
import { type Check, course, trained } from '../training.js';
import { loadBrain } from './load-brain.js';

/** Hippocampus and amygdala. */
const rare = 4;

const form = element('form', HTMLFormElement);
const choice = element('select', HTMLSelectElement);
const steps = element('input[name=steps]', HTMLInputElement);
const seed = element('input[name=seed]', HTMLInputElement);
const button = element('button', HTMLButtonElement);
const bar = element('progress', HTMLProgressElement);
const status = element('[role=status]', HTMLElement);
const curves = element('#curves', HTMLElement);
const [head, body] = [element('thead', HTMLElement), element('tbody', HTMLElement)];

choice.append(...contenders.map(({ name }) => new Option(name)));
choice.selectedIndex = 1;
try {
  await start();
} catch (error) {
  status.textContent = String(error);
}

async function start(): Promise<void> {
  tf.enableProdMode();
  if (!(await tf.setBackend('webgl'))) throw new Error('This browser has no WebGL to train with.');
  const brain = await loadBrain();
  const { training, heldOut } = halvesOf(brain);
  const names = brain.classNames.slice(1);
  head.replaceChildren(row('th', ['step', 'loss', ...names]));
  draw('#truth', heldOut, overlay(heldOut, heldOut.labels, shownSlice));
  status.textContent = 'Ready.';
  button.disabled = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await train(training, heldOut, brain.classNames[rare] ?? '');
    } catch (error) {
      status.textContent = String(error);
    }
    button.disabled = false;
  });
}

async function train(training: Slices, heldOut: Slices, rareName: string): Promise<void> {
  const { name, spec } = contenders[choice.selectedIndex] ?? {};
  if (name === undefined || spec === undefined) return;
  const own = { ...course, steps: steps.valueAsNumber, checks: checksIn(steps.valueAsNumber) };
  const run = { spec, training, heldOut, seed: seed.valueAsNumber, course: own } as const;
  const checks: Check[] = [];
  body.replaceChildren();
  bar.value = 0;
  status.textContent = `${name}: training …`;
  const begun = performance.now();
  await trained({ ...run, keep: 'every' }, async (check) => {
    checks.push(check);
    const { step, loss, dice, labels } = check;
    bar.value = step / own.steps;
    curves.innerHTML = learningCurves(
      [{ name, outcomes: [{ seed: run.seed, checks }] }],
      rare,
      rareName,
    );
    draw('#decided', heldOut, overlay(heldOut, labels, shownSlice));
    body.append(row('td', [String(step), loss.toFixed(4), ...dice.map((each) => each.toFixed(2))]));
    await tf.nextFrame();
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  status.textContent = `${name}: ${own.steps} steps in ${seconds} s.`;
}

/** A check for every ten steps, from 2 to 12. */
function checksIn(steps: number): number {
  return Math.max(2, Math.min(12, Math.floor(steps / 10)));
}

function draw(selector: string, slices: Slices, drawing: Drawing): void {
  const canvas = element(selector, HTMLCanvasElement);
  const { width, height } = panelSize(slices);
  Object.assign(canvas, { width, height });
  const pixels = Uint8ClampedArray.from(paint(drawing, width, height));
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
}

function row(kind: 'td' | 'th', cells: readonly string[]): HTMLTableRowElement {
  const line = document.createElement('tr');
  for (const text of cells) {
    const cell = document.createElement(kind);
    cell.textContent = text;
    line.append(cell);
  }
  return line;
}

function element<Kind extends Element>(selector: string, kind: new () => Kind): Kind {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}
