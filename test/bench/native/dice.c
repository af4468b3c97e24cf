// Dice loss and its gradient as one would write it by hand: two fused passes over the voxels with vectors
// of four floats, probabilities kept in the gradient's memory between them. `dice N C V FOLDER`; each
// line `step` is answered by the loss and the milliseconds of one loss with gradient.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float v4 __attribute__((vector_size(16), aligned(4)));
typedef int i4 __attribute__((vector_size(16), aligned(4)));
typedef double d2 __attribute__((vector_size(16)));

enum { BLOCK = 64, MOST = 64 };
static const float SMOOTH = 1e-5f;

static inline v4 all(float x) { return (v4){x, x, x, x}; }
static inline v4 load(const float *p) { return *(const v4 *)p; }
static inline void store(float *p, v4 x) { *(v4 *)p = x; }
static inline v4 larger(v4 a, v4 b) { return __builtin_ia32_maxps(a, b); }

static inline v4 exponential(v4 x) {
  const float magic = 12582912.0f;
  x = larger(x, all(-87.33f));
  v4 t = x * 1.44269504f + magic, n = t - magic;
  v4 r = x - n * 0.693359375f + n * 2.12194440e-4f;
  v4 q = all(0.00138145985f);
  q = q * r + 0.00836871688f;
  q = q * r + 0.0416683880f;
  q = q * r + 0.166665206f;
  q = q * r + 0.499999934f;
  return (v4)((i4)(q * r * r + r + 1.0f) + ((i4)t << 23));
}

static double total(v4 x) { return (double)x[0] + x[1] + x[2] + x[3]; }

static float *prediction, *gradient;
static int *target;
static long samples, channels, voxels;

static double step(void) {
  double loss = 0;
  v4 most[BLOCK / 4], sum[BLOCK / 4];
  for (long s = 0; s < samples; s++) {
    const float *x = prediction + s * channels * voxels;
    float *g = gradient + s * channels * voxels;
    const int *y = target + s * voxels;
    double I[MOST] = {0}, P[MOST] = {0}, T[MOST] = {0};
    for (long v = 0; v < voxels; v += BLOCK) {
      if (channels > 1) {
        for (int k = 0; k < BLOCK / 4; k++) most[k] = load(x + v + 4 * k), sum[k] = all(0);
        for (long c = 1; c < channels; c++)
          for (int k = 0; k < BLOCK / 4; k++) most[k] = larger(most[k], load(x + c * voxels + v + 4 * k));
        for (long c = 0; c < channels; c++)
          for (int k = 0; k < BLOCK / 4; k++) {
            v4 e = exponential(load(x + c * voxels + v + 4 * k) - most[k]);
            store(g + c * voxels + v + 4 * k, e);
            sum[k] += e;
          }
        for (int k = 0; k < BLOCK / 4; k++) sum[k] = 1.0f / sum[k];
      }
      for (long c = 0; c < channels; c++) {
        v4 i = all(0), p = all(0), t = all(0);
        for (int k = 0; k < BLOCK / 4; k++) {
          float *to = g + c * voxels + v + 4 * k;
          v4 e = channels > 1 ? load(to) * sum[k]
                              : 1.0f / (1.0f + exponential(-load(x + v + 4 * k)));
          i4 hit = *(const i4 *)(y + v + 4 * k) == (int)(channels > 1 ? c : 1);
          store(to, e);
          p += e;
          i += (v4)((i4)e & hit);
          t += (v4)((i4)all(1) & hit);
        }
        I[c] += total(i), P[c] += total(p), T[c] += total(t);
      }
    }
    float byP[MOST], byI[MOST];
    for (long c = 0; c < channels; c++) {
      double d = P[c] + T[c] + SMOOTH, score = (2 * I[c] + SMOOTH) / d, share = 1.0 / (samples * channels);
      loss += share * (1 - score);
      byP[c] = share * score / d, byI[c] = -2 * share / d;
    }
    for (long v = 0; v < voxels; v += BLOCK) {
      v4 mean[BLOCK / 4];
      for (int k = 0; k < BLOCK / 4; k++) mean[k] = all(0);
      if (channels > 1)
        for (long c = 0; c < channels; c++)
          for (int k = 0; k < BLOCK / 4; k++) {
            i4 hit = *(const i4 *)(y + v + 4 * k) == (int)c;
            v4 slope = byP[c] + (v4)((i4)all(byI[c]) & hit);
            mean[k] += slope * load(g + c * voxels + v + 4 * k);
          }
      for (long c = 0; c < channels; c++)
        for (int k = 0; k < BLOCK / 4; k++) {
          float *to = g + c * voxels + v + 4 * k;
          i4 hit = *(const i4 *)(y + v + 4 * k) == (int)(channels > 1 ? c : 1);
          v4 slope = byP[c] + (v4)((i4)all(byI[c]) & hit), p = load(to);
          store(to, channels > 1 ? p * (slope - mean[k]) : slope * p * (1.0f - p));
        }
    }
  }
  return loss;
}

static void *filled(const char *folder, const char *name, size_t bytes) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  void *data = malloc(bytes);
  if (!file || !data || fread(data, 1, bytes, file) != bytes) exit(1);
  fclose(file);
  return data;
}

int main(int count, char **words) {
  if (count < 5) return 1;
  samples = atol(words[1]), channels = atol(words[2]), voxels = atol(words[3]);
  if (channels > MOST || voxels % BLOCK != 0) return 1;
  size_t numbers = samples * channels * voxels;
  prediction = filled(words[4], "prediction", 4 * numbers);
  target = filled(words[4], "target", 4 * samples * voxels);
  gradient = calloc(numbers, 4);
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    if (strncmp(line, "memory", 6) == 0) {
      // A block lies on the stack; nothing else is taken beside the tensors.
      printf("0\n");
    } else {
      struct timespec from, to;
      clock_gettime(CLOCK_MONOTONIC, &from);
      double loss = step();
      clock_gettime(CLOCK_MONOTONIC, &to);
      printf("%.9g %.6f\n", loss, 1e3 * (to.tv_sec - from.tv_sec) + 1e-6 * (to.tv_nsec - from.tv_nsec));
    }
    fflush(stdout);
  }
  return 0;
}
