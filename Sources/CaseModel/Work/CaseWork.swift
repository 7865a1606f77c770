/// The acts of case work: each function drafts what one act writes, to be sent as one journal entry.
///
/// They decide nothing about rights, take no clock and make no ids: days and ids are arguments. `identify` is
/// asked for a fresh id by purpose, a word that tells the new records of one act apart.
public enum CaseWork {}
