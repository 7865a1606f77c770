#include "allocation.h"
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);

static _Thread_local int64_t live, peak;

static void *took(void *memory) {
  if (memory) live += (int64_t)malloc_usable_size(memory);
  if (live > peak) peak = live;
  return memory;
}

void *malloc(size_t bytes) { return took(__libc_malloc(bytes)); }

void *calloc(size_t count, size_t bytes) { return took(__libc_calloc(count, bytes)); }

void *realloc(void *memory, size_t bytes) {
  if (memory) live -= (int64_t)malloc_usable_size(memory);
  return took(__libc_realloc(memory, bytes));
}

void *memalign(size_t alignment, size_t bytes) { return took(__libc_memalign(alignment, bytes)); }

void *aligned_alloc(size_t alignment, size_t bytes) { return took(__libc_memalign(alignment, bytes)); }

int posix_memalign(void **memory, size_t alignment, size_t bytes) {
  *memory = took(__libc_memalign(alignment, bytes));
  return *memory ? 0 : 12;
}

void free(void *memory) {
  if (memory) live -= (int64_t)malloc_usable_size(memory);
  __libc_free(memory);
}

void allocation_begin(void) { peak = live = 0; }

int64_t allocation_peak(void) { return peak; }

int64_t processor_time(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void finding(const char *text) {
  fprintf(stderr, "FINDING: %s\n", text);
  abort();
}
