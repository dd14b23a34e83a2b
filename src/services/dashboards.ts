/** Dashboards that an answer can point at. */
export interface Dashboards {
  /** Address of the dashboard narrowed to the view; undefined where it can't show exactly that. */
  linkTo(view: DashboardView): string | undefined;
}

/** What an answer looked at. Days are inclusive, `yyyy-MM-dd` in the shop's zone. */
export interface DashboardView {
  readonly from: string;
  readonly to: string;
  /** Only rows with one of the values, as the data hold them, in each of the dimensions (ids of the glossary). */
  readonly only: readonly { readonly dimension: string; readonly values: readonly string[] }[];
}
