"""Questions asked of columns of events (流程图): where matters stick, answered by arrays; knows no file and no database."""
