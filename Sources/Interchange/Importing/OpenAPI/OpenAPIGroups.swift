/// Puts lists into groups by their published names, which are paths.
enum OpenAPIGroups {
  /// Takes the group from the path. The segments with which all paths begin, such as a version, are skipped;
  /// the next segment that is no parameter is the group. A path without such a segment gets no group.
  static func assignPaths(to lists: inout [ListEntry<Spot<String>>]) {
    let paths = lists.map { $0.named.value.split(separator: "/") }
    guard let first = paths.first else { return }
    // At least one segment of each path is left, so that the paths still differ.
    let shortest = (paths.map(\.count).min() ?? 0) - 1
    let common = first.indices.first { index in
      index >= shortest || isParameter(first[index]) || paths.contains { $0[index] != first[index] }
    }
    for index in lists.indices {
      lists[index].group = paths[index].dropFirst(common ?? 0).first { !isParameter($0) }.map(String.init)
    }
  }

  private static func isParameter(_ segment: Substring) -> Bool { segment.contains("{") }
}
