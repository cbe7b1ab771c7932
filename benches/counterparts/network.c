/* Online training of a fully connected network, as one writes it in C: loops over indices, one after another.

   cc -O3 -o network benches/counterparts/network.c -lm
   ./network 784 30 10                       prints updates a second; -n 20000 before the sizes makes so many

   The network is that of the lesson `iris` at other sizes: tanh, then softmax; squared error with the derivative of
   the article's program; its momentum, which remembers learning rate x gradient; 100 items in their order. Items and
   weights are drawn by a small generator. `cargo bench --bench speed -- network_updates` is the counterpart. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ITEMS = 100, MOST_LAYERS = 32 };
static const double RATE = 0.05, MOMENTUM = 0.75;

static int layers, sizes[MOST_LAYERS];
static double *inputs, *targets;
/* Of layer l: the weights that lead to it, row by row, its biases, what they remember, its nodes. */
static double *weights[MOST_LAYERS], *memories[MOST_LAYERS], *biases[MOST_LAYERS], *kept[MOST_LAYERS];
static double *values[MOST_LAYERS], *signals[MOST_LAYERS];

static double drawn(void) {
    static unsigned long long state = 3;
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (double)(state >> 11) / 9007199254740992.0;
}

static double *room(size_t count) {
    double *numbers = calloc(count, sizeof *numbers);
    if (!numbers) exit(1);
    return numbers;
}

static void make(void) {
    int from = sizes[0], classes = sizes[layers - 1];
    inputs = room((size_t)ITEMS * from);
    targets = room((size_t)ITEMS * classes);
    for (int item = 0; item < ITEMS; item++) {
        for (int i = 0; i < from; i++) inputs[item * from + i] = drawn();
        targets[item * classes + item % classes] = 1.0;
    }
    for (int l = 1; l < layers; l++) {
        int count = sizes[l - 1] * sizes[l];
        weights[l] = room(count), memories[l] = room(count);
        biases[l] = room(sizes[l]), kept[l] = room(sizes[l]);
        values[l] = room(sizes[l]), signals[l] = room(sizes[l]);
        double bound = 1.0 / sqrt(sizes[l - 1]);
        for (int i = 0; i < count; i++) weights[l][i] = bound * (2.0 * drawn() - 1.0);
    }
}

static void update(int item) {
    values[0] = inputs + item * sizes[0];
    for (int l = 1; l < layers; l++) {
        int from = sizes[l - 1], to = sizes[l];
        double *restrict v = values[l];
        const double *restrict w = weights[l], *restrict before = values[l - 1];
        for (int j = 0; j < to; j++) v[j] = 0.0;
        for (int i = 0; i < from; i++)
            for (int j = 0; j < to; j++) v[j] += before[i] * w[i * to + j];
        for (int j = 0; j < to; j++) v[j] += biases[l][j];
        if (l < layers - 1) {
            for (int j = 0; j < to; j++) v[j] = tanh(v[j]);
        } else {
            double largest = v[0], total = 0.0;
            for (int j = 1; j < to; j++) if (v[j] > largest) largest = v[j];
            for (int j = 0; j < to; j++) total += v[j] = exp(v[j] - largest);
            for (int j = 0; j < to; j++) v[j] /= total;
        }
    }
    int last = layers - 1;
    const double *t = targets + item * sizes[last];
    for (int j = 0; j < sizes[last]; j++) {
        double o = values[last][j];
        signals[last][j] = (1.0 - o) * o * (t[j] - o);
    }
    for (int l = last; l > 1; l--) {
        int from = sizes[l - 1], to = sizes[l];
        for (int i = 0; i < from; i++) {
            double sum = 0.0, v = values[l - 1][i];
            for (int j = 0; j < to; j++) sum += signals[l][j] * weights[l][i * to + j];
            signals[l - 1][i] = (1.0 - v) * (1.0 + v) * sum;
        }
    }
    for (int l = 1; l < layers; l++) {
        int from = sizes[l - 1], to = sizes[l];
        double *restrict w = weights[l], *restrict m = memories[l], *restrict b = biases[l], *restrict k = kept[l];
        const double *restrict before = values[l - 1], *restrict signal = signals[l];
        for (int i = 0; i < from; i++)
            for (int j = 0; j < to; j++) {
                double delta = RATE * (signal[j] * before[i]);
                w[i * to + j] = (w[i * to + j] + delta) + MOMENTUM * m[i * to + j];
                m[i * to + j] = delta;
            }
        for (int j = 0; j < to; j++) {
            double delta = RATE * signal[j];
            b[j] = (b[j] + delta) + MOMENTUM * k[j];
            k[j] = delta;
        }
    }
}

int main(int count, char **arguments) {
    long updates = 20000;
    int next = 1;
    if (next + 1 < count && strcmp(arguments[next], "-n") == 0) updates = atol(arguments[next + 1]), next += 2;
    for (; next < count && layers < MOST_LAYERS; next++) sizes[layers++] = atoi(arguments[next]);
    for (int l = 0; l < layers; l++) if (sizes[l] < 1) layers = 0;
    if (layers < 2 || updates < 1) {
        fprintf(stderr, "usage: network [-n UPDATES] INPUTS [HIDDEN ...] OUTPUTS\n");
        return 2;
    }
    make();
    clock_t begun = clock();
    for (long n = 0; n < updates; n++) update(n % ITEMS);
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    /* The first weight is printed, so that nothing of this can be left out. */
    printf("%.0f updates a second, %.3f us each (first weight %.17g)\n", updates / seconds, 1e6 * seconds / updates,
           weights[1][0]);
    return 0;
}
