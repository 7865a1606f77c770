#ifndef SIMULATED_DISK_VFS_H
#define SIMULATED_DISK_VFS_H

#include "internal.h"
#include <sqlite3.h>

typedef struct {
  sqlite3_file base;
  sim_handle *handle;
} sim_file;

extern const sqlite3_io_methods sim_io_methods;
// The errno of the thread's last failed call, for SQLite's own reports.
extern _Thread_local int sim_last_error;

#endif
