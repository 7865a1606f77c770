import CRDT

/// What families and core teams answered, by dimension and measurement, and how it progresses (R65–R67).
public struct SurveyReport: Sendable, Hashable {
  /// What was answered to one dimension in one measurement.
  public struct Row: Sendable, Hashable {
    /// Who was asked.
    public let survey: Survey
    /// The dimension's name.
    public let dimension: String
    /// Which measurement, from 1.
    public let measurement: Int
    /// How many answered.
    public let answers: Int
    /// The sum of their answers.
    public let sum: Int
    /// Cases that answered in this measurement and in the first.
    public let pairs: Int
    /// By how much their mean of this measurement is above that of the first, added up over these cases, in
    /// hundredths.
    public let progress: Int

    /// The mean of the answers.
    public var mean: ReportTable.Quantity? { .mean(sum, of: answers) }
    /// By how much a case's mean is above that of its first measurement, on average; `nil` of the first.
    public var meanProgress: ReportTable.Quantity? {
      guard measurement > 1, pairs > 0 else { return nil }
      let (doubled, isNegative) = (2 * progress.magnitude, progress < 0)
      let rounded = Int((doubled + pairs.magnitude) / (2 * pairs.magnitude))
      return .hundredths(isNegative ? -rounded : rounded)
    }
  }

  /// In order of who was asked, dimension as asked, and measurement.
  public let rows: [Row]

  /// Counts a case stock: answers of the period, and what they progressed from.
  ///
  /// - Complexity: O(answers)
  public init(_ stock: CaseStock, in period: ReportPeriod) {
    struct Key: Hashable {
      let survey: Survey
      let dimension: String
      let measurement: Int
    }
    struct Answers {
      var count = 0
      var sum = 0
      /// In hundredths, of one case.
      var mean: Int { ReportTable.Quantity.mean(sum, of: count)?.inHundredths ?? 0 }
    }
    var all: [Key: (answers: Answers, pairs: Int, progress: Int)] = [:]
    for file in stock.files.values {
      var own: [Key: (all: Answers, inPeriod: Answers)] = [:]
      for answers in file.all(.surveyResponse).compactMap({ SurveyAnswers($0) })
      where answers.day <= period.end {
        for (dimension, answer) in answers.answers {
          let key = Key(survey: answers.survey, dimension: dimension, measurement: answers.measurement)
          own[key, default: (Answers(), Answers())].all.count += 1
          own[key, default: (Answers(), Answers())].all.sum += answer
          guard period.contains(answers.day) else { continue }
          own[key, default: (Answers(), Answers())].inPeriod.count += 1
          own[key, default: (Answers(), Answers())].inPeriod.sum += answer
        }
      }
      for (key, answers) in own where answers.inPeriod.count > 0 {
        all[key, default: (Answers(), 0, 0)].answers.count += answers.inPeriod.count
        all[key, default: (Answers(), 0, 0)].answers.sum += answers.inPeriod.sum
        let first = own[Key(survey: key.survey, dimension: key.dimension, measurement: 1)]
        guard let first, first.all.count > 0 else { continue }
        all[key, default: (Answers(), 0, 0)].pairs += 1
        all[key, default: (Answers(), 0, 0)].progress += answers.all.mean - first.all.mean
      }
    }
    rows = Survey.allCases.flatMap { survey in
      survey.dimensions.flatMap { dimension in
        all.filter { $0.key.survey == survey && $0.key.dimension == dimension.name }
          .sorted { $0.key.measurement < $1.key.measurement }.map { key, found in
            Row(
              survey: survey, dimension: key.dimension, measurement: key.measurement,
              answers: found.answers.count, sum: found.answers.sum, pairs: found.pairs,
              progress: found.progress)
          }
      }
    }
  }

  /// One row a dimension and measurement, those of families before those of core teams.
  public var table: ReportTable {
    var table = ReportTable(
      columns: ["respondent", "dimension", "measurement", "answers", "mean", "pairs", "progress"],
      charted: "mean")
    for row in rows {
      let (answers, pairs) = ([table.next(3)], [table.next(3), table.next(5)])
      table.rows.append([
        .code(row.survey.rawValue), .code(row.dimension), .figure(row.measurement), .count(row.answers),
        row.mean.map { .derived($0, from: answers) } ?? .none, .count(row.pairs),
        row.meanProgress.map { .derived($0, from: pairs) } ?? .none,
      ])
    }
    return table
  }
}
