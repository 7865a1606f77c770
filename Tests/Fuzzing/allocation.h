// How much memory a piece of code takes: every allocation of the process is counted.
#include <stdint.h>

// From here on the most that is taken at once is remembered.
void allocation_begin(void);
// The most bytes that were taken at once since then, beyond what there was.
int64_t allocation_peak(void);
// The processor time of this thread, in nanoseconds.
int64_t processor_time(void);
// Says what was found and ends the process, so that libFuzzer keeps the input.
void finding(const char *text) __attribute__((noreturn));
