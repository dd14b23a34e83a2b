import { ParserRuleContext } from 'antlr4ng';

/** The children of a parse node that are nodes themselves, without its tokens. */
export function nodesIn(node: ParserRuleContext): readonly ParserRuleContext[] {
  return (node.children ?? []).filter((child) => child instanceof ParserRuleContext);
}

/** The one child of a node that has nothing else, not even a token; undefined for any other node. */
export function onlyNode(node: ParserRuleContext): ParserRuleContext | undefined {
  const [only] = node.children ?? [];
  return node.children?.length === 1 && only instanceof ParserRuleContext ? only : undefined;
}

/** The first node at or below one for which the test holds, from left to right. */
export function findNode<Node extends ParserRuleContext>(
  node: ParserRuleContext,
  test: (node: ParserRuleContext) => node is Node,
): Node | undefined {
  if (test(node)) return node;
  for (const child of nodesIn(node)) {
    const found = findNode(child, test);
    if (found) return found;
  }
  return undefined;
}
