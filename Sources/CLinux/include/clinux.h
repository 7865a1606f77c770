// What Swift cannot import from Linux' C headers: variadic system calls. Each function says why it exists.
#pragma once
#include <sys/types.h>

/// The kernel's id of the calling thread. Never inlined: glibc marks `pthread_self` const, so the optimiser
/// may hoist it over a suspension point of async code and answer with another thread's id.
pid_t clinux_thread_id(void);
