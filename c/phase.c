/* phase.c: order and chaos in the plane of the variances: where a deep stack of equal layers ends up, and how soon.
 *
 * A point is computed as such: its q* by theory.c, and its correlation by a series (hermite.c). A column of the map reads
 * a table of q instead, in which every moment of the activation stands once. It takes microseconds where a point takes
 * milliseconds. Nothing here draws a network.
 */
#include <math.h>
#include <stdlib.h>

#include "activations.h"
#include "hermite.h"
#include "initscope.h"
#include "ln.h"
#include "moments.h"
#include "theory.h"

/* The table of q: q = 1 has its place in it, since iterations start there. */
#define STEP 0.1 /* in ln q */
enum { BELOW = 140, ABOVE = 140, TABLE = BELOW + 1 + ABOVE };

/* within this of 1, the slope of a map counts as 1 */
static const double critical_width = 1e-6;

typedef struct {
  double q;
  double square, growth; /* E phi^2, and its derivative by ln q */
  double slope, bend; /* E phi'^2, and its derivative by ln q */
} table_row;

struct phase_map {
  phi f;
  double endless; /* what a layer of sigma_w2 = 1 multiplies q by, in the limit of large q */
  double least_slope, most_slope; /* E phi'^2 in the limits of small and large q */
  table_row rows[TABLE];
  hermite_series *series[TABLE]; /* NULL until a cell needs it */
  double point[POINT_COUNT];
  double cells[MOST_CELLS][CELL_COUNT];
};

phase_map *phase_new(uint32_t activation, double parameter) {
  phi f = phi_find(activation, parameter);
  phase_map *map = phi_is_known(&f) ? calloc(1, sizeof *map) : NULL;
  if (!map) return NULL;
  static const double far = 1e300;
  map->f = f;
  map->least_slope = moment_of(&f, MOMENT_SLOPE2, 0);
  map->most_slope = moment_of(&f, MOMENT_SLOPE2, INFINITY);
  map->endless = moment_of(&f, MOMENT_PHI2, far) / far;
  for (int i = 0; i < TABLE; i++) {
    double q = exp(STEP * (i - BELOW)), slope = moment_of(&f, MOMENT_SLOPE2, q);
    map->rows[i] = (table_row){q, moment_of(&f, MOMENT_PHI2, q), moment_of(&f, MOMENT_GROWTH, q), slope,
                               (moment_of(&f, MOMENT_SLOPE_GROWTH, q) - slope) / 2};
  }
  return map;
}

void phase_free(phase_map *map) {
  for (int i = 0; map && i < TABLE; i++) free(map->series[i]);
  free(map);
}

static int is_critical(double chi) { return fabs(chi - 1) < critical_width; }

static uint32_t phase_of(double q, double chi) {
  if (q == INFINITY) return PHASE_EXPLODES;
  if (is_critical(chi)) return PHASE_CRITICAL;
  if (chi > 1) return PHASE_CHAOTIC;
  return q == 0 ? PHASE_DECAYS : PHASE_ORDERED;
}

const double *phase_point(phase_map *map, double sigma_w2, double sigma_b2) {
  const phi *f = &map->f;
  double q = fixed_point_of(f, sigma_w2, sigma_b2), chi = chi_of(f, sigma_w2, q);
  if (isnan(q) || !(sigma_w2 < INFINITY) || !(sigma_b2 < INFINITY)) return NULL;
  uint32_t phase = phase_of(q, chi);
  double correlation = 1, slope = chi, rate = fabs(ln(chi));
  if (phase == PHASE_CHAOTIC) {
    hermite_series series;
    hermite_fill(&series, f, q);
    rate = hermite_rate(&series, q / sigma_w2, &correlation);
    slope = exp(-rate);
  }
  if (phase == PHASE_EXPLODES) {
    correlation = NAN;
    slope = sigma_w2 * map->endless;
    rate = fmax(0, ln(slope));
  }
  const double values[POINT_COUNT] = {q, chi, correlation, slope, phase == PHASE_CRITICAL ? INFINITY : 1 / rate, phase};
  for (int i = 0; i < POINT_COUNT; i++) map->point[i] = values[i];
  return map->point;
}

/* Where a function lies between two rows of the table: of the cubic with these values and slopes by ln q, at a share of
 * the step. */
static double between(double share, double from, double from_slope, double to, double to_slope) {
  double rest = 1 - share;
  return from * rest * rest * (1 + 2 * share) + to * share * share * (1 + 2 * rest) +
         STEP * share * rest * (from_slope * rest - to_slope * share);
}

/* q_{l+1} - q_l at a share of the step after a row */
static double change_at(const table_row *row, double share, double sigma_w2, double sigma_b2) {
  double from = sigma_w2 * row[0].square - row[0].q, to = sigma_w2 * row[1].square - row[1].q;
  return sigma_b2 + between(share, from, sigma_w2 * row[0].growth - row[0].q, to, sigma_w2 * row[1].growth - row[1].q);
}

/* The fixed point that q = 1 leads to, as in theory_fixed_point. `row`: the row below it; -1 if q falls below the table,
 * TABLE if it rises above. Returns the share of the step after that row. */
static double find_fixed(const phase_map *map, double sigma_w2, double sigma_b2, int *row) {
  static const double rounding = 1e-14;
  const table_row *rows = map->rows;
  double start = sigma_w2 * rows[BELOW].square + sigma_b2 - 1;
  int direction = start > 0 ? 1 : -1, i = BELOW;
  *row = i;
  if (fabs(start) < rounding) return 0;
  do {
    i += direction;
    if (i < 0 || i == TABLE) {
      *row = i;
      return 0;
    }
  } while (direction * (sigma_w2 * rows[i].square + sigma_b2 - rows[i].q) > 0);
  *row = direction > 0 ? i - 1 : i;
  double low = 0, high = 1;
  for (int k = 0; k < 40; k++) {
    double middle = (low + high) / 2;
    *(change_at(&rows[*row], middle, sigma_w2, sigma_b2) > 0 ? &low : &high) = middle;
  }
  return low;
}

static const hermite_series *series_of(phase_map *map, int row) {
  hermite_series **series = &map->series[row];
  if (!*series && (*series = malloc(sizeof **series))) hermite_fill(*series, &map->f, map->rows[row].q);
  return *series;
}

/* The rate in chaos at a share of the step after a row; see R in hermite.h. From row to row R grows, but where its range is
 * divided in the same ratio, rates hardly differ. */
static double chaotic_rate(phase_map *map, int row, double share, double sigma_w2, double chi) {
  const table_row *rows = &map->rows[row];
  double ratio = rows[0].q * exp(STEP * share) / sigma_w2, least[2], rate = 0, correlation;
  for (int i = 0; i < 2; i++) {
    const hermite_series *series = series_of(map, row + i);
    if (!series) return NAN;
    least[i] = hermite_least(series);
  }
  double square = between(share, rows[0].square, rows[0].growth, rows[1].square, rows[1].growth);
  double bottom = square * ((1 - share) * least[0] / rows[0].square + share * least[1] / rows[1].square);
  double height = fmax(0, (ratio - bottom) / (chi * ratio - bottom));
  for (int i = 0; i < 2; i++) {
    double top = rows[i].q * rows[i].slope;
    rate += (i ? share : 1 - share) *
            hermite_rate(map->series[row + i], least[i] + height * (top - least[i]), &correlation);
  }
  return rate;
}

static void fill_cell(phase_map *map, double sigma_w2, double sigma_b2, double *cell) {
  int row;
  double share = find_fixed(map, sigma_w2, sigma_b2, &row);
  int is_small = row < 0, is_endless = row == TABLE;
  const table_row *rows = is_small || is_endless ? NULL : &map->rows[row];
  double slope = is_small     ? map->least_slope
                 : is_endless ? map->most_slope
                              : between(share, rows[0].slope, rows[0].bend, rows[1].slope, rows[1].bend);
  double chi = sigma_w2 * slope, rate = fabs(ln(chi));
  uint32_t phase = phase_of(is_endless ? INFINITY : is_small && sigma_b2 == 0 ? 0 : 1, chi);
  if (phase == PHASE_EXPLODES) rate = fmax(0, ln(sigma_w2 * map->endless));
  if (phase == PHASE_CRITICAL) rate = 0;
  if (phase == PHASE_CHAOTIC && rows) rate = chaotic_rate(map, row, share, sigma_w2, chi);
  cell[CELL_PHASE] = phase;
  cell[CELL_RATE] = rate;
  cell[CELL_CHI] = chi;
}

const double *phase_column(phase_map *map, double sigma_w2, double first, double step, uint32_t count) {
  double last = first + step * (count - 1.0);
  int inside = sigma_w2 >= 0 && sigma_w2 < INFINITY && first >= 0 && first < INFINITY && last >= 0 && last < INFINITY;
  if (!inside || count < 1 || count > MOST_CELLS) return NULL;
  for (uint32_t i = 0; i < count; i++) fill_cell(map, sigma_w2, first + step * i, map->cells[i]);
  return map->cells[0];
}
