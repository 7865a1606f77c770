import Testing

/// Gives a suite a municipality at work that its tests share, one after another.
struct MunicipalityTrait: SuiteTrait, TestScoping {
  let make: @Sendable () async throws -> Municipality

  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    let place = try await make()
    do {
      try await Municipality.$shared.withValue(place) { try await body() }
    } catch {
      await place.close()
      throw error
    }
    await place.close()
  }
}

extension Trait where Self == MunicipalityTrait {
  static var atWork: Self { MunicipalityTrait { try await Municipality.atWork() } }
  static var withFamily: Self { MunicipalityTrait { try await Municipality.withFamily() } }
  /// The family without a server: what is saved stays to be counted.
  static var familyAlone: Self {
    MunicipalityTrait {
      let place = try await Municipality.withFamily()
      await place.stopServer()
      return place
    }
  }
}
