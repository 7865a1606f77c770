// The names in a disk's folders. What happened to them is durable when their folder was synced; before that a
// power loss keeps the first of the changes, as a file system's journal does, and drops the rest.
#include "internal.h"

static size_t index_of(const sim_names *names, const char *path) {
  for (size_t i = 0; i < names->count; i++) {
    if (strcmp(names->items[i].path, path) == 0) return i;
  }
  return names->count;
}

sim_node *sim_find(const sim_names *names, const char *path) {
  size_t index = index_of(names, path);
  return index < names->count ? names->items[index].node : NULL;
}

// Sets or (for no node) removes a name.
void sim_set_name(simdisk *disk, sim_names *names, const char *path, sim_node *node) {
  if (node) sim_retain(node);
  size_t index = index_of(names, path);
  if (index < names->count) {
    sim_name *item = &names->items[index];
    sim_release(disk, item->node);
    item->node = node;
    if (node) return;
    free(item->path);
    *item = names->items[--names->count];
    return;
  }
  if (!node) return;
  if (names->count == names->capacity) {
    names->capacity = names->capacity ? names->capacity * 2 : 16;
    names->items = realloc(names->items, names->capacity * sizeof *names->items);
    if (!names->items) abort();
  }
  char *copy = strdup(path);
  if (!copy) abort();
  names->items[names->count++] = (sim_name){copy, node};
}

void sim_clear_names(simdisk *disk, sim_names *names) {
  for (size_t i = 0; i < names->count; i++) {
    free(names->items[i].path);
    sim_release(disk, names->items[i].node);
  }
  names->count = 0;
}

static bool is_in(const char *path, const char *folder) {
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) : 0;
  return strlen(folder) == length && strncmp(path, folder, length) == 0;
}

bool sim_has_children(const sim_names *names, const char *folder) {
  for (size_t i = 0; i < names->count; i++) {
    if (is_in(names->items[i].path, folder)) return true;
  }
  return false;
}

bool sim_parent_exists(const simdisk *disk, const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash || slash == path) return true;
  char parent[SIM_PATH_MAX];
  size_t length = (size_t)(slash - path);
  if (length >= sizeof parent) return false;
  memcpy(parent, path, length);
  parent[length] = 0;
  const sim_node *node = sim_find(&disk->names, parent);
  return node && node->is_folder;
}

static void note(simdisk *disk, const char *path, const char *target, sim_node *node) {
  if (disk->change_count == disk->change_capacity) {
    disk->change_capacity = disk->change_capacity ? disk->change_capacity * 2 : 16;
    disk->changes = realloc(disk->changes, disk->change_capacity * sizeof *disk->changes);
    if (!disk->changes) abort();
  }
  if (node) sim_retain(node);
  disk->changes[disk->change_count++] =
      (sim_name_change){strdup(path), target ? strdup(target) : NULL, node};
}

void sim_add_name(simdisk *disk, const char *path, sim_node *node) {
  sim_set_name(disk, &disk->names, path, node);
  note(disk, path, NULL, node);
}

void sim_remove_name(simdisk *disk, const char *path) {
  sim_set_name(disk, &disk->names, path, NULL);
  note(disk, path, NULL, NULL);
}

void sim_rename_name(simdisk *disk, const char *path, const char *target) {
  sim_node *node = sim_find(&disk->names, path);
  sim_set_name(disk, &disk->names, target, node);
  sim_set_name(disk, &disk->names, path, NULL);
  note(disk, path, target, node);
}

static void forget(simdisk *disk, sim_name_change *change) {
  free(change->path);
  free(change->target);
  if (change->node) sim_release(disk, change->node);
}

static void make_durable(simdisk *disk, sim_name_change *change) {
  if (change->target) {
    sim_set_name(disk, &disk->durable_names, change->target, change->node);
    sim_set_name(disk, &disk->durable_names, change->path, NULL);
  } else {
    sim_set_name(disk, &disk->durable_names, change->path, change->node);
  }
  forget(disk, change);
}

void sim_sync_folder(simdisk *disk, const char *folder) {
  size_t kept = 0;
  for (size_t i = 0; i < disk->change_count; i++) {
    sim_name_change *change = &disk->changes[i];
    if (is_in(change->path, folder)) {
      make_durable(disk, change);
    } else {
      disk->changes[kept++] = *change;
    }
  }
  disk->change_count = kept;
}

void sim_sync_folder_of(simdisk *disk, const char *path) {
  char folder[SIM_PATH_MAX];
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) : 0;
  if (length >= sizeof folder) return;
  memcpy(folder, path, length);
  folder[length] = 0;
  sim_sync_folder(disk, folder);
}

void sim_forget_name_changes(simdisk *disk) {
  for (size_t i = 0; i < disk->change_count; i++) forget(disk, &disk->changes[i]);
  disk->change_count = 0;
}

static bool has_durable_parents(const simdisk *disk, const char *path) {
  for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    char parent[SIM_PATH_MAX];
    size_t length = (size_t)(slash - path);
    if (length >= sizeof parent) return false;
    memcpy(parent, path, length);
    parent[length] = 0;
    if (!sim_find(&disk->names, parent)) return false;
  }
  return true;
}

void sim_lose_names(simdisk *disk, uint64_t *random) {
  size_t kept = sim_below(random, disk->change_count + 1);
  for (size_t i = 0; i < kept; i++) make_durable(disk, &disk->changes[i]);
  memmove(disk->changes, disk->changes + kept, (disk->change_count - kept) * sizeof *disk->changes);
  disk->change_count -= kept;
  sim_forget_name_changes(disk);
  sim_clear_names(disk, &disk->names);
  for (size_t i = 0; i < disk->durable_names.count; i++) {
    sim_name *item = &disk->durable_names.items[i];
    sim_set_name(disk, &disk->names, item->path, item->node);
  }
  // A folder that is gone takes along what was in it.
  for (size_t i = disk->durable_names.count; i-- > 0;) {
    char path[SIM_PATH_MAX];
    strncpy(path, disk->durable_names.items[i].path, sizeof path - 1);
    path[sizeof path - 1] = 0;
    if (has_durable_parents(disk, path)) continue;
    sim_set_name(disk, &disk->names, path, NULL);
  }
  sim_clear_names(disk, &disk->durable_names);
  for (size_t i = 0; i < disk->names.count; i++) {
    sim_set_name(disk, &disk->durable_names, disk->names.items[i].path, disk->names.items[i].node);
  }
}
