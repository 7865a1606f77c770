#define _GNU_SOURCE
#include "clinux.h"
#include <sys/syscall.h>
#include <unistd.h>

pid_t clinux_thread_id(void) { return (pid_t)syscall(SYS_gettid); }
