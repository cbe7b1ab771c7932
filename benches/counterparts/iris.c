/* The Iris network of the lesson `iris`, trained by a plain loop in C: what `iris_updates` in benches/speed.rs is held
 * against.
 *
 *     cc -O3 -o /tmp/iris benches/counterparts/iris.c -lm
 *     /tmp/iris lessons/data/iris-train.csv [updates] [times] [momentum]
 *
 * It prints the updates a second of the fastest of some times (120,000 updates, 20 times), in processor time, and every
 * weight and bias at the end, in the order of the lesson's parameters.
 *
 * The same as there: a 4-5-3 network of tanh and softmax, squared error with the diagonal derivative, the article's rule
 * (rate 0.05, momentum 0.75), the 120 items of the file, and Python's generator seeded with 3, which draws the weights
 * from [-0.01, 0.01) and shuffles the order again before each epoch. All sums are taken in the same order, in double
 * precision.
 *
 * Not the same: tanh and exp are those of the C library at hand. Their last bits differ from those of the tutor, which are
 * the same on every machine, and so do the last digits of the weights. The loop knows no other sizes, functions or rules,
 * and does not look at how large its numbers grow.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { INPUTS = 4, HIDDEN = 5, OUTPUTS = 3, MOST_ITEMS = 1000, TWISTER = 624 };

/* The Mersenne Twister as Python seeds and reads it. */
static uint32_t twister[TWISTER];
static int twister_at;

static void seed(uint32_t key)
{
    twister[0] = 19650218;
    for (int i = 1; i < TWISTER; i++)
        twister[i] = 1812433253 * (twister[i - 1] ^ (twister[i - 1] >> 30)) + i;
    int i = 1;
    for (int k = 0; k < TWISTER; k++) {
        twister[i] = (twister[i] ^ ((twister[i - 1] ^ (twister[i - 1] >> 30)) * 1664525)) + key;
        if (++i == TWISTER) {
            twister[0] = twister[TWISTER - 1];
            i = 1;
        }
    }
    for (int k = 1; k < TWISTER; k++) {
        twister[i] = (twister[i] ^ ((twister[i - 1] ^ (twister[i - 1] >> 30)) * 1566083941)) - i;
        if (++i == TWISTER) {
            twister[0] = twister[TWISTER - 1];
            i = 1;
        }
    }
    twister[0] = 0x80000000;
    twister_at = TWISTER;
}

static uint32_t bits(void)
{
    if (twister_at == TWISTER) {
        for (int i = 0; i < TWISTER; i++) {
            uint32_t y = (twister[i] & 0x80000000) | (twister[(i + 1) % TWISTER] & 0x7fffffff);
            twister[i] = twister[(i + 397) % TWISTER] ^ (y >> 1) ^ (y & 1 ? 0x9908b0df : 0);
        }
        twister_at = 0;
    }
    uint32_t y = twister[twister_at++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >> 18);
}

static double drawn(double low, double high)
{
    uint32_t upper = bits() >> 5, lower = bits() >> 6;
    return (high - low) * ((upper * 67108864.0 + lower) / 9007199254740992.0) + low;
}

static void shuffle(int *order, int count)
{
    for (int last = count - 1; last > 0; last--) {
        uint32_t bound = last + 1, other;
        int surplus = __builtin_clz(bound);
        do
            other = bits() >> surplus;
        while (other >= bound);
        int moved = order[last];
        order[last] = order[other];
        order[other] = moved;
    }
}

static double inputs[MOST_ITEMS][INPUTS], targets[MOST_ITEMS][OUTPUTS];
static int items;

static void read_items(const char *name)
{
    const char *classes[OUTPUTS] = {"setosa", "versicolor", "virginica"};
    char line[256], class[64];
    FILE *file = fopen(name, "r");
    if (!file || !fgets(line, sizeof line, file)) {
        fprintf(stderr, "%s cannot be read\n", name);
        exit(2);
    }
    while (items < MOST_ITEMS && fgets(line, sizeof line, file)) {
        double *x = inputs[items];
        if (sscanf(line, "%lf,%lf,%lf,%lf,%63[a-z]", x, x + 1, x + 2, x + 3, class) != 5)
            continue;
        for (int k = 0; k < OUTPUTS; k++)
            targets[items][k] = strcmp(class, classes[k]) == 0;
        items++;
    }
    fclose(file);
}

static double ih[INPUTS][HIDDEN], hb[HIDDEN], ho[HIDDEN][OUTPUTS], ob[OUTPUTS];

static void draw_all(double *weights, int count)
{
    for (int i = 0; i < count; i++)
        weights[i] = drawn(-0.01, 0.01);
}

static inline void step(double *weight, double *previous, double gradient, double rate, double momentum)
{
    double delta = rate * gradient;
    *weight = (*weight + delta) + momentum * *previous;
    *previous = delta;
}

static void train(long updates, double rate, double momentum)
{
    double ih_previous[INPUTS][HIDDEN] = {0}, hb_previous[HIDDEN] = {0};
    double ho_previous[HIDDEN][OUTPUTS] = {0}, ob_previous[OUTPUTS] = {0};
    int order[MOST_ITEMS], place = items;
    for (int i = 0; i < items; i++)
        order[i] = i;
    for (long update = 0; update < updates; update++, place++) {
        if (place == items) {
            shuffle(order, items);
            place = 0;
        }
        const double *x = inputs[order[place]], *t = targets[order[place]];
        double h[HIDDEN] = {0}, o[OUTPUTS] = {0}, signal[OUTPUTS], back[HIDDEN];
        for (int i = 0; i < INPUTS; i++)
            for (int j = 0; j < HIDDEN; j++)
                h[j] += x[i] * ih[i][j];
        for (int j = 0; j < HIDDEN; j++)
            h[j] = tanh(h[j] + hb[j]);
        for (int j = 0; j < HIDDEN; j++)
            for (int k = 0; k < OUTPUTS; k++)
                o[k] += h[j] * ho[j][k];
        double largest = -INFINITY, total = 0;
        for (int k = 0; k < OUTPUTS; k++) {
            o[k] += ob[k];
            largest = o[k] > largest ? o[k] : largest;
        }
        for (int k = 0; k < OUTPUTS; k++) {
            o[k] = exp(o[k] - largest);
            total += o[k];
        }
        for (int k = 0; k < OUTPUTS; k++) {
            o[k] /= total;
            signal[k] = (1 - o[k]) * o[k] * (t[k] - o[k]);
        }
        for (int j = 0; j < HIDDEN; j++) {
            double sum = 0;
            for (int k = 0; k < OUTPUTS; k++)
                sum += signal[k] * ho[j][k];
            back[j] = sum * ((1 - h[j]) * (1 + h[j]));
        }
        for (int i = 0; i < INPUTS; i++)
            for (int j = 0; j < HIDDEN; j++)
                step(&ih[i][j], &ih_previous[i][j], back[j] * x[i], rate, momentum);
        for (int j = 0; j < HIDDEN; j++)
            step(&hb[j], &hb_previous[j], back[j], rate, momentum);
        for (int j = 0; j < HIDDEN; j++)
            for (int k = 0; k < OUTPUTS; k++)
                step(&ho[j][k], &ho_previous[j][k], signal[k] * h[j], rate, momentum);
        for (int k = 0; k < OUTPUTS; k++)
            step(&ob[k], &ob_previous[k], signal[k], rate, momentum);
    }
}

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void print_all(const char *name, const double *weights, int count)
{
    for (int i = 0; i < count; i++)
        printf("%s %d %.17g\n", name, i, weights[i]);
}

int main(int count, char **arguments)
{
    if (count < 2) {
        fprintf(stderr, "which file has the items?\n");
        return 2;
    }
    read_items(arguments[1]);
    long updates = count > 2 ? atol(arguments[2]) : 120000;
    long times = count > 3 ? atol(arguments[3]) : 20;
    double momentum = count > 4 ? atof(arguments[4]) : 0.75;
    double least = INFINITY;
    for (long time = 0; time < times; time++) {
        seed(3);
        draw_all(&ih[0][0], INPUTS * HIDDEN);
        draw_all(hb, HIDDEN);
        draw_all(&ho[0][0], HIDDEN * OUTPUTS);
        draw_all(ob, OUTPUTS);
        double start = seconds();
        train(updates, 0.05, momentum);
        double taken = seconds() - start;
        least = taken < least ? taken : least;
    }
    printf("%.0f updates a second, %.1f ns each\n", updates / least, least / updates * 1e9);
    print_all("ih", &ih[0][0], INPUTS * HIDDEN);
    print_all("hb", hb, HIDDEN);
    print_all("ho", &ho[0][0], HIDDEN * OUTPUTS);
    print_all("ob", ob, OUTPUTS);
    return 0;
}
