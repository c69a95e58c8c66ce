/* quadrature.h: points and weights of trapezoidal rules on a logarithmic scale.
 *
 * The points of moments.c, products.c and the closed forms that keep an integral. What is integrated is not known here.
 */
#ifndef QUADRATURE_H
#define QUADRATURE_H

/* A point z of the half line z > 0, and its weight per step of u. */
typedef struct {
  double z, weight;
} half_line;

/* z = least * exp(u - e^-u): logarithmic above `least`, and doubly exponential towards 0 below it.
 *   u      any real number; the points of a rule are a step apart
 *   least  the scale of the smallest feature of the integrand */
half_line half_line_at(double u, double least);

/* A point of an interval: its distances from the two ends, as shares of the length, and its weight, also a share.
 * at + rest = 1, and both keep their full relative accuracy. Its mirror image exchanges `at` and `rest`. */
typedef struct {
  double at, rest, weight;
} interval_point;

/* Point i = 0, 1, ... of the upper half of an interval: the logistic function of u + 2 e^-reach sinh(u). That is
 * logarithmic towards both ends down to a share of e^-reach, and doubly exponential below it.
 *   i      the number of the point, from the middle outwards
 *   step   the distance of two points, in u
 *   reach  ln of the length over the smallest feature at either end; 0 or more */
interval_point interval_at(int i, double step, double reach);

/* The rule of Gauss and Legendre on [-1, 1] with 12 points: the upper half of them, each with its weight. */
enum { GAUSS_POINTS = 6 };
extern const double gauss_points[GAUSS_POINTS][2];

#endif
