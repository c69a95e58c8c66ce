/* spread.c: see spread.h. In double and by libm: for predictions alone. */
#include "spread.h"

#include <math.h>

#include "ln.h"

/* Half the width of a band, in std. 2 would do for a normal law, and the rest is for what three cumulants leave out.
 * With a skewness beyond MOST_SKEW they leave out too much. */
#define REACH 2.2
#define MOST_SKEW 1.6

/* ln of a gamma variable of this shape and scale 1: its cumulants are the polygamma functions of the shape. These are
 * their asymptotic series (Abramowitz and Stegun 1964, 6.3.18, 6.4.12 and 6.4.13), good to 1e-7, after enough steps of
 * recurrence. */
static spread_law log_gamma(double shape) {
  spread_law law = {0, 0, 0};
  double x = shape;
  for (; x < 6; x++) {
    law.mean -= 1 / x;
    law.variance += 1 / (x * x);
    law.third -= 2 / (x * x * x);
  }
  double r = 1 / x, s = r * r;
  law.mean += ln(x) - r / 2 - s * (1.0 / 12 - s * (1.0 / 120 - s / 252));
  law.variance += r + s * (0.5 + r * (1.0 / 6 - s * (1.0 / 30 - s / 42)));
  law.third -= s * (1 + r + s * (0.5 - s * (1.0 / 6 - s / 6)));
  return law;
}

spread_law spread_of_mean(double terms, double variance) {
  if (!(variance > 0)) return (spread_law){0 * variance, 0 * variance, 0 * variance};
  spread_law law = log_gamma(terms / variance);
  law.mean -= ln(terms / variance);
  return law;
}

/* The law of a variable whose value, square and cube have these means. */
static spread_law law_of_moments(double mean, double square, double cube) {
  return (spread_law){mean, square - mean * mean, cube - mean * (3 * square - 2 * mean * mean)};
}

/* A mixture: k of the terms are left, with the weight of k heads in `terms` tosses. */
spread_law spread_of_halves(uint32_t terms) {
  double weight = exp(-LN_2 * terms), scale = ln(4.0 / terms), first = 0, second = 0, third = 0, sum = 0;
  for (uint32_t k = 1; k <= terms; k++) {
    spread_law law = log_gamma(k / 2.0);
    weight *= (double)(terms - k + 1) / k;
    law.mean += scale;
    sum += weight;
    first += weight * law.mean;
    second += weight * (law.variance + law.mean * law.mean);
    third += weight * (law.third + law.mean * (3 * law.variance + law.mean * law.mean));
  }
  return law_of_moments(first / sum, second / sum, third / sum);
}

spread_law spread_sum(spread_law a, spread_law b) {
  return (spread_law){a.mean + b.mean, a.variance + b.variance, a.third + b.third};
}
spread_law spread_times(double t, spread_law a) {
  return (spread_law){t * a.mean, t * t * a.variance, t * t * t * a.third};
}

spread_law spread_pulled(double t, spread_law a, spread_law noise) {
  a.mean = 0;
  return spread_sum(spread_times(t, a), noise);
}

/* Not 0, so that slopes exist; NaN where the law is not known. */
static double std_of(spread_law law) { return law.variance < 1e-6 ? 1e-3 : sqrt(law.variance); }

/* Two points beside the mean, in std: the roots of x^2 - g x - k + g^2, for a skewness g and a kurtosis k = 3 + 3 g^2 / 2.
 * The weight of x is 1 / (x (x - the other)). */
static double point(spread_law law, int which) {
  double std = std_of(law), g = law.third / (std * std * std);
  return which ? (g + which * sqrt(12 + 3 * g * g)) / 2 : 0;
}

double spread_point(spread_law law, int which) { return law.mean + std_of(law) * point(law, which); }

spread_law spread_through(spread_law law, const double values[3], double *slope) {
  double high = point(law, 1), low = point(law, -1), w_high = 1 / (high * (high - low)),
         w_low = 1 / (low * (low - high));
  double up = values[2] - values[1], down = values[0] - values[1];
  spread_law law_of_values = law_of_moments(w_high * up + w_low * down, w_high * up * up + w_low * down * down,
                                            w_high * up * up * up + w_low * down * down * down);
  double share = fmin(1, law.variance * 1e6); /* of variance that std_of did not make up */
  *slope = (w_high * high * up + w_low * low * down) / std_of(law);
  return (spread_law){values[1] + share * law_of_values.mean, share * law_of_values.variance,
                      share * law_of_values.third};
}

double spread_edge(spread_law law, int upper) {
  double std = sqrt(law.variance), shift = law.third / (2 * law.variance);
  return fabs(shift) <= MOST_SKEW / 2 * std ? law.mean + shift + (upper ? REACH : -REACH) * std : (double)NAN;
}
