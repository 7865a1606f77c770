// Shell lands next.
