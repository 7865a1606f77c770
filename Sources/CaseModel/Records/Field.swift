/// The fields of every record kind, one namespace a kind: `Field.Child.born`.
///
/// The tables stand in `Records/Fields`. Within a namespace `all` lists its fields in order of number.
public enum Field {}
