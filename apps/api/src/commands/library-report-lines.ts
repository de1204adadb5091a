import type { LibraryReport, Share } from '@bachata-buddy/choreography';

/** A library's report for people; what is in order is not mentioned. */
export function libraryReportLines(report: LibraryReport): string[] {
  if (report.moves === 0) return ['There is no move. pnpm ingest brings some in.'];
  const { joins } = report;
  return [
    `${report.moves} moves`,
    ...listed('level', report.levels),
    ...listed('energy', report.energies),
    ...listed('style', report.styles),
    ...listed('family', report.families),
    ...listed('few', report.thin),
    `joins: of ${joins.known} moves it is known how they begin and end`,
    ...named('  nothing follows well', joins.noneAfter),
    ...named('  follows nothing well', joins.noneBefore),
    ...named('not looked at for poses (pnpm pose:add, then pnpm ingest)', report.notLookedAt),
    ...named('both dancers found nowhere', report.nobodyFound),
    ...named('both dancers not found where it begins or ends', report.endsUnknown),
    ...named(
      'which beat is the "1" is not sure',
      report.unsureDownbeats.map(({ moveId, confidence }) => `${moveId} (${confidence.toFixed(2)} of 1)`),
    ),
  ];
}

function listed(title: string, shares: readonly Share[]): string[] {
  if (shares.length === 0) return [];
  return [`${title}: ${shares.map(({ name, moves }) => `${name} ${moves}`).join('; ')}`];
}

function named(title: string, moveIds: readonly string[]): string[] {
  return moveIds.length === 0 ? [] : [`${title}: ${moveIds.join(', ')}`];
}
