import ArgumentParser
import CRDT
import CaseModel

extension Session {
  /// The offer that is answered: the latest without an answer, else the latest.
  func offer(in file: CaseFile) throws -> CaseRecord {
    let offers = file.all(.offer)
    let open = offers.last { $0.text(Field.Offer.answer) == nil }
    guard let offer = open ?? offers.last else {
      throw Failure(.usage, .noOffer, short(file.id))
    }
    return offer
  }

  /// A child of the family by name or id.
  func child(_ word: String, in file: CaseFile) throws -> CaseRecord {
    let found = file.children.first { child in
      child.text(Field.Child.name)?.lowercased() == word.lowercased()
        || word.count >= 4 && child.id.description.hasPrefix(word.lowercased())
    }
    guard let found else { throw Failure(.usage, .noChild, word) }
    return found
  }
}
