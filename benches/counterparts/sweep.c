/* The sweep of `cargo bench -- sweep_40x40` as one writes it in C: 40 x 40 runs on 0.05 x^2 + 1.5 y^2 by the rule
   heavy-ball, 1,000 updates each, one run after another on one core. Prints the least milliseconds of several.

       cc -O3 -ffp-contract=off -o /tmp/sweep benches/counterparts/sweep.c && /tmp/sweep */

#include <stdio.h>
#include <time.h>

enum { SIDE = 40, UPDATES = 1000, ROUNDS = 15 };

static double losses[SIDE * SIDE];

static double run(double rate, double momentum) {
    double x = -1.2, y = 1.0, previous_x = 0.0, previous_y = 0.0;
    for (int update = 0; update < UPDATES; update++) {
        previous_x = rate * (-0.1 * x) + momentum * previous_x;
        previous_y = rate * (-3.0 * y) + momentum * previous_y;
        x += previous_x;
        y += previous_y;
    }
    return 0.05 * x * x + 1.5 * y * y;
}

static double milliseconds(void) {
    struct timespec begun, ended;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (int row = 0; row < SIDE; row++)
        for (int column = 0; column < SIDE; column++)
            losses[row * SIDE + column] = run(1e-3 * (row + 1) / SIDE, 0.95 * (column + 1) / SIDE);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    return (ended.tv_sec - begun.tv_sec) * 1e3 + (ended.tv_nsec - begun.tv_nsec) / 1e6;
}

int main(void) {
    double least = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double now = milliseconds();
        if (now < least)
            least = now;
    }
    double sum = 0.0;
    for (int cell = 0; cell < SIDE * SIDE; cell++)
        sum += losses[cell];
    printf("%.2f ms, sum of the losses %.6e\n", least, sum);
}
