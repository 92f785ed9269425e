// The part of libjvm.a that every executable asks for at its very beginning.
#define _GNU_SOURCE
#include <sched.h>
#include <unistd.h>

void initialize(void) {}

int JVM_ActiveProcessorCount(void) {
    cpu_set_t cpus;
    return sched_getaffinity(0, sizeof cpus, &cpus) == 0 ? CPU_COUNT(&cpus) : (int) sysconf(_SC_NPROCESSORS_ONLN);
}
